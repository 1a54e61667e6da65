"""The report of a municipality: the same published numbers on the page and in a tagged PDF."""

import re
from io import BytesIO
from statistics import codes, publication, rights
from statistics.figures import shown
from statistics.models import (
    AuditEntry,
    Indicator,
    IndicatorValue,
    Interruption,
    Publication,
)
from statistics.municipal_report import build
from statistics.selection import Selection

import html5lib
import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from pluginnovation.core.models import User

from ...core.pdf_reading import assert_accessible, tags_of, text_of
from ..figures_factory import UNTIL, published_region

pytestmark = pytest.mark.django_db
YEAR = "2024/25"
PAGE, PDF = "/statistik/kommun/1480/rapport/", "/statistik/kommun/1480/rapport.pdf"
EXACT_PAGE, EXACT_PDF = f"/personal{PAGE}", f"/personal{PDF}"
EXACT_MARK = "Exakta uppgifter – får inte publiceras"


published = published_region(600)


@pytest.fixture
def paper(published, client):
    return client.get(f"{PDF}?lasar={YEAR}").content


def rows_of(html):
    """The cells of every table on the page, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]


def flat(text):
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


def printed_words(data):
    return flat(text_of(data))


def test_the_pdf_has_tags_title_language_and_four_to_six_pages(paper):
    pdf = assert_accessible(paper, f"Studieavbrott i Göteborg läsåret {YEAR}")
    assert 4 <= len(pdf.pages) <= 6
    names = [str(tag.S) for tag in tags_of(pdf)]
    assert names.count("/Table") >= 8
    pictures = [tag for tag in tags_of(pdf) if tag.S == "/Figure"]
    assert len(pictures) >= 5
    assert all(len(str(tag.Alt)) > 40 for tag in pictures)


def test_the_page_and_the_pdf_have_the_sections_that_a_committee_asks_for(published, client, paper):
    page = client.get(f"{PAGE}?lasar={YEAR}").content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    printed = printed_words(paper)
    for heading in (
        "Kort sagt",
        "Hur många som avbryter, och när",
        "Vilka som avbryter",
        "Hur länge avbrotten varar",
        "Vad de gör nu",
        "Från avbrottet till nu",
        "Examen inom 24 månader",
        "Bredvid regionen och riket",
        "Skydd och osäkerhet",
        "Så räknas det",
        "Om rapporten",
    ):
        assert re.search(rf"<h2[^>]*>{heading}</h2>", page), heading
        assert heading in printed
    assert f"Publicering {published.number}" in printed
    assert f"publicering={published.number}" in printed
    assert "Skolverket" in printed and "79,7 %" in printed


def test_every_number_of_the_page_is_in_the_pdf_and_is_a_published_cell(published, client, paper):
    page = client.get(f"{PAGE}?lasar={YEAR}").content.decode()
    printed = printed_words(paper)
    rows = [[flat(cell) for cell in row] for row in rows_of(page)]
    assert len(rows) > 50
    for row in rows:
        numbers = " ".join(row[1:])
        assert numbers in printed, row
    told = {row[0]: row[1:] for row in rows}

    def cell(table, **fixed):
        return flat(shown(published.cell(table, hemkommun="1480", **fixed)))

    for year in published.codes["lasar"][:-1]:
        sexes = [cell("avbrott", lasar=year, **kon) for kon in ({}, {"kon": "K"}, {"kon": "M"})]
        assert [year, *sexes] in rows
    for code, label in codes.AGES.items():
        assert told[label][0] == cell("avbrott", lasar=YEAR, alder=code)
    for code, label in codes.LENGTH_CLASSES.items():
        assert told[label][0] == cell("langd", lasar=YEAR, kon="K", langd=code)
    for code, group in codes.ACTIVITY_GROUPS.items():
        counts = [row[1] for row in rows if row[0] == group.name]
        assert cell("aktivitet", lasar=YEAR, aktivitet=code) in counts
    assert [YEAR, cell("examen", lasar=YEAR), cell("examen", lasar=YEAR, examen="J")] in [
        row[:3] for row in rows
    ]
    short = page[page.index('id="kort-sagt"') : page.index("</ul>", page.index('id="kort-sagt"'))]
    assert f"{cell('avbrott', lasar=YEAR)} studieavbrott i Göteborg läsåret {YEAR}" in flat(short)


def test_no_sentence_holds_a_number_that_is_not_shown(published):
    for place in codes.REGION:
        for year in published.codes["lasar"]:
            report = build(published, Selection((year,), (place,)), published)
            for sentence in (*report.in_short, *report.questions):
                assert ".." not in sentence and "None" not in sentence, (place, year, sentence)


def test_a_year_that_runs_is_set_beside_the_same_months_and_no_whole_year(published):
    report = build(published, Selection(("2026/27",), ("1480",)), published)
    count = shown(published.cell("avbrott", hemkommun="1480", lasar="2026/27"))
    first, *others = map(flat, report.in_short)
    assert first == (
        f"{count} studieavbrott i Göteborg läsåret 2026/27, till och med 31 oktober 2026."
    )
    assert any("under samma månader året före" in sentence for sentence in others)
    assert not any("läsåret före" in sentence for sentence in others)


@pytest.mark.parametrize("query", ["alder=17", "program=NA", "jamfor=1440", "kon=K&programtyp=YP"])
def test_a_choice_within_the_municipality_changes_no_number_and_is_told(published, client, query):
    plain, asked = (
        client.get(f"{PAGE}?lasar={YEAR}{more}").content.decode() for more in ("", f"&{query}")
    )
    assert rows_of(asked) == rows_of(plain)
    assert "övriga val gäller inte här" in asked
    assert query not in asked.split("<main", 1)[1]


def test_what_kolada_tells_of_the_municipality_stands_beside_the_nation(published, client):
    now = timezone.now()
    with transaction.atomic():
        one = Indicator.objects.create(code="N17448", title="Examen inom 3 år", fetched_at=now)
        values = {"1480": "63.2", "0000": "66.4"}
        for place, value in values.items():
            IndicatorValue.objects.create(
                indicator=one, place=place, year=2025, sex="T", value=value, fetched_at=now
            )
        rows = [[flat(c) for c in row] for row in rows_of(client.get(PAGE).content.decode())]
        assert ["Examen inom 3 år (N17448)", "2025", "63,2 %", "66,4 %", "–"] in rows
        printed = printed_words(client.get(PDF).content)
        assert "63,2 % 66,4 % –" in printed and "Kolada" in printed and "N17448" in printed
        transaction.set_rollback(True)


def test_a_permalink_shows_that_publication_for_ever(published, client):
    with transaction.atomic():
        population_before = client.get(f"{PAGE}?lasar={YEAR}&publicering={published.number}")
        Interruption.objects.filter(home_municipality_id="1480", sex="M").update(sex="K")
        publication.publish(UNTIL)
        again = client.get(f"{PAGE}?lasar={YEAR}&publicering={published.number}")
        newest = client.get(f"{PAGE}?lasar={YEAR}")
        assert rows_of(population_before.content.decode()) == rows_of(again.content.decode())
        assert rows_of(newest.content.decode()) != rows_of(again.content.decode())
        assert "Visa den senaste" in again.content.decode()
        stays = f'name="publicering" value="{published.number}"'  # in the form for another year
        assert stays in again.content.decode() and stays not in newest.content.decode()
        transaction.set_rollback(True)


def test_a_withdrawn_publication_gives_no_report(published, client):
    with transaction.atomic():
        number = publication.publish(UNTIL).number
        publication.withdraw(number, "Fel.")
        assert client.get(f"{PAGE}?publicering={number}").status_code == 410
        assert client.get(f"{PDF}?publicering={number}").status_code == 404
        transaction.set_rollback(True)


def test_a_municipality_with_too_few_interruptions_gets_a_report_that_says_so(published, client):
    page = client.get("/statistik/kommun/1407/rapport/").content.decode()
    assert "För få avbrott för en hel rapport" in page
    assert "Hela regionen" in page and "Så räknas det" in page
    assert "<svg" not in page[page.index("<article") : page.index("</article>")]
    data = client.get("/statistik/kommun/1407/rapport.pdf").content
    assert_accessible(data, "Studieavbrott i Öckerö läsåret 2025/26")
    assert "För få avbrott för en hel rapport" in printed_words(data)


def test_made_up_numbers_say_so_on_every_page_and_in_the_name(published, client):
    answer = client.get(PDF)
    assert "syntetisk" in answer["Content-Disposition"]
    for page in PdfReader(BytesIO(answer.content)).pages:
        assert "Syntetiska data" in page.extract_text()


@pytest.mark.parametrize("query", ["lasar=1999/00", "kon=K&lasar=x", "publicering=9999", "a=%00"])
def test_a_garbage_query_gives_the_report_and_a_sentence(published, client, query):
    page = client.get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert client.get(f"{PDF}?{query}").status_code == 200
    if query != "a=%00":
        assert 'role="status"' in page.content.decode()


@pytest.mark.parametrize("place", ["9999", "OVR", "T", "0180", "%00", "x" * 300])
@pytest.mark.parametrize("ending", ["rapport/", "rapport.pdf"])
def test_there_is_no_report_of_what_is_no_municipality_of_the_region(client, place, ending):
    assert client.get(f"/statistik/kommun/{place}/{ending}").status_code == 404


def test_before_the_first_publication_there_is_a_page_and_no_file(client):
    with transaction.atomic():
        Publication.objects.all().delete()
        assert "inga publicerade siffror" in client.get(PAGE).content.decode()
        assert client.get(PDF).status_code == 404
        assert client.get("/statistik/kommun/").status_code == 200
        transaction.set_rollback(True)


def test_the_list_leads_to_all_thirteen_and_the_dashboard_to_the_one_chosen(published, client):
    page = client.get("/statistik/kommun/").content.decode()
    for place in codes.REGION:
        assert f'href="/statistik/kommun/{place}/rapport/"' in page
        assert f'href="/statistik/kommun/{place}/rapport.pdf"' in page
    dashboard = client.get(f"/statistik/?kommun=1480&lasar={YEAR}").content.decode()
    assert 'href="/statistik/kommun/1480/rapport/?lasar=2024%2F25"' in dashboard
    assert 'href="/statistik/kommun/1480/rapport.pdf?lasar=2024%2F25"' in dashboard
    assert 'href="/statistik/kommun/"' in client.get("/statistik/").content.decode()


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_the_report_costs_few_queries_and_none_on_records(
    published, client, django_assert_num_queries, address
):
    client.get(address)  # the site's root is asked for once
    cache.clear()
    publication.published.read.cache_clear()
    # The newest publication's number; its cells; national key figures (none here); pages that help.
    with django_assert_num_queries(4) as asked:
        client.get(address)
    assert not any("statistics_interruption" in one["sql"] for one in asked)


class TestExact:
    @pytest.fixture
    def person(self, published):
        def make(role, municipality=None):
            email = f"{role or 'ingen'}-{municipality}@example.se"
            return User.objects.create_user(email, role=role, municipality_id=municipality)

        return make

    def test_it_has_the_true_numbers_of_ones_own_municipality(self, person, client):
        client.force_login(person(rights.MUNICIPAL_READER, "1480"))
        answer = client.get(f"{EXACT_PAGE}?lasar={YEAR}&exakt=ja")
        page = answer.content.decode()
        true = Interruption.objects.filter(school_year=YEAR, home_municipality_id="1480")
        women = true.filter(sex="K").count()
        row = [YEAR, str(true.count()), str(women), str(true.count() - women)]
        assert row in rows_of(page)
        assert EXACT_MARK in page and "noindex" in page
        assert "no-store" in answer["Cache-Control"]

    def test_every_page_of_the_file_its_name_and_its_first_line_say_what_it_is(
        self, person, client
    ):
        client.force_login(person(rights.REGIONAL_READER))
        answer = client.get(f"{EXACT_PDF}?lasar={YEAR}&exakt=ja")
        assert "EXAKTA-far-inte-publiceras" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
        assert_accessible(answer.content, f"Studieavbrott i Göteborg läsåret {YEAR}")
        pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
        assert all(EXACT_MARK in text for text in pages)
        assert pages[0].startswith(EXACT_MARK)

    def test_each_reading_is_written_down(self, person, client):
        user = person(rights.MUNICIPAL_READER, "1480")
        client.force_login(user)
        client.get(f"{EXACT_PAGE}?exakt=ja")
        client.get(f"{EXACT_PDF}?exakt=ja")
        lines = list(AuditEntry.objects.filter(user=user).order_by("id"))
        assert [line.action for line in lines] == ["read_exact", "fetched_exact"]
        assert all("Kommunrapport" in line.detail and "Göteborg" in line.detail for line in lines)

    def test_nothing_of_it_is_kept(self, person, client, monkeypatch):
        kept = []
        monkeypatch.setattr(cache, "set", lambda *args, **kwargs: kept.append(args))
        monkeypatch.setattr(cache, "get_or_set", lambda *args, **kwargs: kept.append(args))
        client.force_login(person(rights.REGIONAL_READER))
        assert client.get(f"{EXACT_PAGE}?exakt=ja").status_code == 200
        assert client.get(f"{EXACT_PDF}?exakt=ja").status_code == 200
        assert client.get("/personal/statistik/").status_code == 200
        assert kept == []

    @pytest.mark.parametrize("address", [EXACT_PAGE, EXACT_PDF])
    def test_another_municipality_is_refused_and_leaves_no_line(self, person, client, address):
        client.force_login(person(rights.MUNICIPAL_READER, "1440"))
        assert client.get(f"{address}?exakt=ja").status_code == 403
        assert not AuditEntry.objects.filter(action__in=["read_exact", "fetched_exact"]).exists()

    @pytest.mark.parametrize("address", [EXACT_PAGE, EXACT_PDF])
    def test_who_has_no_right_is_refused(self, person, client, address):
        client.force_login(person(rights.REPORTER))
        assert client.get(f"{address}?exakt=ja").status_code == 403
        client.logout()
        assert client.get(f"{address}?exakt=ja").status_code == 302

    def test_who_does_not_ask_for_it_gets_the_protected_one(self, person, client):
        client.force_login(person(rights.REGIONAL_READER))
        assert client.get(EXACT_PAGE).url == PAGE
        assert client.get(EXACT_PDF).url == PDF
