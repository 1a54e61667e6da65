"""The reports: what is overdue, which links are broken, what is missing; on paper, too."""

import io
from datetime import timedelta

import pytest
import requests
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.images.tests.utils import get_test_image_file

from pluginnovation.core.models import SiteDocument, SiteImage
from pluginnovation.site.editors import links
from pluginnovation.site.editors.survey import survey
from pluginnovation.site.models import ExternalLink, PageFinding
from tests.knowledge import factories as make

pytestmark = pytest.mark.django_db

YESTERDAY = -timedelta(days=1)


@pytest.fixture
def publish(draft):
    def make_live(title="Sida", body=(), **fields):
        page = draft(title, body=list(body), **fields)
        page.get_latest_revision().publish()
        return page

    return make_live


@pytest.fixture
def dated(publish):
    """Published pages of two kinds, overdue and not yet."""
    today = timezone.localdate()
    publish("Gammal text", review_by=today + YESTERDAY)
    publish("Snart dags", review_by=today + timedelta(days=20))
    publish("Utan datum")
    make.WorkFactory(title="Gammalt verk", review_by=today - timedelta(days=400))


def listed(client, name, **parameters):
    answer = client.get(reverse(name), parameters)
    assert answer.status_code == 200
    return [str(getattr(row, "title", row)) for row in answer.context["object_list"]]


def test_the_report_shows_what_is_overdue_the_oldest_first(logged_in, dated):
    assert listed(logged_in("redaktör"), "report_overdue") == ["Gammalt verk", "Gammal text"]


def test_it_also_shows_what_is_due_soon_and_what_has_no_date(logged_in, dated):
    editor = logged_in("redaktör")
    assert listed(editor, "report_overdue", when="30") == ["Snart dags"]
    assert "Utan datum" in listed(editor, "report_overdue", when="utan")


def test_contributors_see_there_only_what_is_theirs(logged_in, dated, publish):
    client = logged_in("skribent")
    publish("Min text", owner=client.user, review_by=timezone.localdate() + YESTERDAY)
    assert listed(client, "report_overdue") == ["Min text"]


def test_a_report_is_fetched_as_csv_and_as_a_workbook_with_swedish_headings(logged_in, dated):
    editor, address = logged_in("redaktör"), reverse("report_overdue")
    csv = b"".join(editor.get(address, {"export": "csv"}).streaming_content).decode()
    assert csv.splitlines()[0] == "Sida,Slag,Granska senast,Senast publicerad,Adress"
    assert "Gammalt verk,Verk," in csv
    answer = editor.get(address, {"export": "xlsx"})
    assert "att-granska-igen.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet["A1"].value == "Sida"
    assert sheet["A2"].value == "Gammalt verk"


@pytest.mark.parametrize("name", ["report_overdue", "report_links", "report_shortcomings"])
def test_reports_are_for_the_editorial_staff_and_cost_the_same_for_many(
    logged_in, client, publish, django_assert_max_num_queries, name
):
    assert client.get(reverse(name)).status_code == 302
    editor = logged_in("redaktör")
    for number in range(12):
        page = publish(f"Sida {number}", review_by=timezone.localdate() + YESTERDAY)
        for code in ("intern-lank", "rubriker"):
            PageFinding.objects.create(page=page, code=code, text="Något är fel.")
    editor.get(reverse(name))
    # Session, user, rights and profile of the person, the frame of the CMS, count, rows.
    with django_assert_max_num_queries(22):
        answer = editor.get(reverse(name))
    assert "Sida 11" in answer.content.decode()


def text(html):
    return [("text", html)]


def found(page) -> dict[str, str]:
    return {each.target: each.code for each in PageFinding.objects.filter(page=page)}


def test_links_on_the_site_are_followed(publish, home, draft):
    there = publish("Finns")
    hidden = draft("Bara utkast")
    file = SiteDocument.objects.create(title="Plan", file=ContentFile(b"a", "plan.txt"))
    gone = SiteDocument.objects.create(title="Borta", file=ContentFile(b"b", "borta.txt"))
    gone.file.storage.delete(gone.file.name)
    good = [there.url, "/sok/?q=a", "/", "/statistik/", file.url, "#innehall", "mailto:a@b.se"]
    bad = ["/finns-inte/", hidden.url, gone.url, "#ingenstans", "/media/images/nix.png"]
    body = "".join(f'<p><a href="{address}">Länk</a></p>' for address in good + bad)
    page = publish("Länkar", text(f"<h2>Rubrik</h2>{body}"))
    survey()
    assert not set(found(page)) & {*good}
    assert {*bad} <= {*found(page)}


def test_a_link_to_a_page_that_was_deleted_is_told_and_leaves_when_it_is_mended(publish):
    there = publish("Finns")
    page = publish("Länkar", text(f'<p><a linktype="page" id="{there.pk}">Dit</a></p>'))
    survey()
    assert found(page) == {}
    there.delete()
    survey()
    assert list(found(page).values()) == ["intern-lank"]
    page.body = text("<p>Ingen länk.</p>")
    page.save_revision().publish()
    survey()
    assert found(page) == {}


def test_pages_without_the_texts_that_some_readers_need_are_told(publish):
    image = SiteImage.objects.create(title="Bild", file=get_test_image_file())
    case = make_case().CaseFactory(image=image)
    heading = publish("Rubriker", text("<h2>Ett</h2><h4>Två</h4>"))
    lecture = make.LectureFactory(summary="Kort.")
    lecture.media.captions.delete(save=True)
    survey()
    assert "alternativtext" in found(case).values()
    assert "rubriker" in found(heading).values()
    assert "textning" in found(lecture).values()
    image.description = "Ett vitt fält"
    image.save()
    survey()
    assert "alternativtext" not in found(case).values()


def make_case():
    from tests.casestudies import factories

    return factories


def test_captions_that_cannot_be_read_count_as_no_transcript(publish):
    lecture = make.LectureFactory(summary="Kort.")
    with lecture.media.captions.open("wb") as file:
        file.write(b"WEBVTT\n\ntrasig")
    survey()
    assert "utskrift" in found(lecture).values()


def test_a_page_that_cannot_be_shown_hides_no_other(publish, monkeypatch):
    from pluginnovation.site.models import PlainPage

    broken, fine = publish("Trasig"), publish("Bruten", text('<p><a href="/nix/">Nix</a></p>'))
    show = PlainPage.get_context

    def fail(self, *args, **kwargs):
        if self.pk == broken.pk:
            raise RuntimeError
        return show(self, *args, **kwargs)

    monkeypatch.setattr(PlainPage, "get_context", fail)
    survey()
    assert PageFinding.objects.get(page=broken).text.startswith("Sidan gick inte att visa")
    assert found(fine) == {"/nix/": "intern-lank"}


def test_an_address_that_nobody_can_read_is_told_and_stops_no_survey(publish):
    page = publish("Fel", text('<p><a href="http://[x">Fel</a> <a href="/nix/#[">Nix</a></p>'))
    survey()
    assert found(page) == {"http://[x": "intern-lank", "/nix/#[": "intern-lank"}


def test_the_check_is_started_from_the_report(logged_in, publish):
    publish("Bruten", text('<p><a href="/nix/">Nix</a></p>'))
    editor = logged_in("redaktör")
    answer = editor.post(reverse("check_pages_now"), {"lankar": "1"}, follow=True)
    assert "Nix" in answer.content.decode()
    assert editor.get(reverse("check_pages_now")).status_code == 405


class Answer:
    def __init__(self, status):
        self.status_code = status

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


ELSEWHERE = {
    "https://bra.example/": 200,
    "https://flyttad.example/": 301,
    "https://borta.example/": 404,
    "https://utan-huvud.example/": 405,
    "https://trasig.example/": 500,
    "https://stum.example/": None,
}


@pytest.fixture
def elsewhere(monkeypatch):
    """Other sites, as far as the check can tell; collects what they were asked."""
    asked = []

    def request(method, url, **options):
        asked.append((method, url, options))
        status = ELSEWHERE[url]
        if status is None:
            raise requests.exceptions.ConnectTimeout
        return Answer(200 if status == 405 and method == "GET" else status)

    monkeypatch.setattr(links.requests, "request", request)
    monkeypatch.setattr(links, "_is_public", lambda host: host.endswith(".example"))
    monkeypatch.setattr(links.time, "sleep", lambda seconds: None)
    return asked


def test_other_sites_are_asked_politely_and_only_when_told_to(publish, elsewhere):
    addresses = [*ELSEWHERE, "https://10.0.0.1/admin"]
    body = "".join(f'<p><a href="{address}">Länk</a></p>' for address in addresses)
    page = publish("Källor", text(body))
    call_command("check_pages", stdout=io.StringIO())
    assert elsewhere == []
    call_command("check_pages", "--external", stdout=io.StringIO())
    assert set(found(page)) == {
        "https://borta.example/",
        "https://trasig.example/",
        "https://stum.example/",
        "https://10.0.0.1/admin",
    }
    assert all(each[2]["allow_redirects"] is False for each in elsewhere)
    assert all("PlugInnovation" in each[2]["headers"]["User-Agent"] for each in elsewhere)
    assert not any("10.0.0.1" in each[1] for each in elsewhere)
    before = len(elsewhere)
    call_command("check_pages", "--external", stdout=io.StringIO())
    assert len(elsewhere) == before
    assert ExternalLink.objects.count() == len(addresses)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "", "a" * 300])
def test_nothing_inside_is_asked(host):
    assert links._is_public(host) is False
