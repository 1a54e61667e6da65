"""Exact figures: the true numbers, of what one has a right to, logged and never kept."""

import io
from statistics import codes, exact, publication
from statistics.models import AuditEntry, Interruption

import openpyxl
import pytest

from pluginnovation.core.models import User

from . import figures_factory

pytestmark = pytest.mark.django_db
ADDRESS = "/personal/statistik/"
YEAR = "2024/25"


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker):
    """600 records and their publication, once for all tests, which change none of them."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atom = transaction.atomic()
        atom.__enter__()
        figures_factory.population(600)
        publication.publish(figures_factory.UNTIL)
        yield
        transaction.set_rollback(True)
        atom.__exit__(None, None, None)


@pytest.fixture
def person(region):
    def make(role, municipality=None):
        email = f"{role or 'ingen'}-{municipality}@example.se"
        return User.objects.create_user(email, role=role, municipality_id=municipality)

    return make


@pytest.fixture
def goteborg(person):
    return person(User.Role.MUNICIPAL_READER, "1480")


@pytest.fixture
def manager(person):
    return person(User.Role.STATISTICS_MANAGER)


def truly(**conditions):
    return Interruption.objects.filter(school_year=YEAR, **conditions).count()


def test_the_numbers_are_the_true_ones(manager):
    with exact.figures(manager) as found:
        for place in codes.REGION:
            assert found.total("avbrott", hemkommun=place, lasar=YEAR).value == truly(
                home_municipality_id=place
            )
        assert found.total("avbrott", lasar=YEAR).value == truly()
        women = found.total("avbrott", lasar=YEAR, kon="K", hemkommun=("1440", "1401"))
    assert women.value == truly(sex="K", home_municipality_id__in=["1440", "1401"])
    assert women.margin == 0 and women.cells == 0


def test_parts_sum_to_the_whole_and_small_ones_are_there(manager):
    with exact.figures(manager) as found:
        cells = [
            found.total("avbrott", hemkommun="1401", lasar=YEAR, alder=age).value
            for age in codes.AGES
        ]
        whole = found.total("avbrott", hemkommun="1401", lasar=YEAR).value
    assert sum(cells) == whole == truly(home_municipality_id="1401")


def test_a_municipal_reader_has_rows_of_that_municipality_only(goteborg):
    with exact.figures(goteborg) as found:
        own = truly(home_municipality_id="1480")
        assert found.total("avbrott", lasar=YEAR).value == own
        assert found.total("avbrott", lasar=YEAR, hemkommun="1401").value == 0
        assert truly(home_municipality_id="1401") > 0
        assert {key.split("|")[1] for key in found.students} <= {"1480", "T"}


def test_by_school_they_have_the_schools_of_that_municipality(goteborg):
    with exact.figures(goteborg, "skola") as found:
        assert found.total("avbrott-skola", lasar=YEAR).value == truly(
            school_unit__municipality_id="1480"
        )
        assert found.cell("avbrott-skola", lasar=YEAR, skolenhet="10000004").value == 0
        elsewhere = found.cell("avbrott-skola", lasar=YEAR, skolenhet="10000004", skolkommun="1480")
        assert elsewhere.status == "-"


def test_an_unknown_code_or_variable_is_an_error_as_it_is_in_a_publication(manager):
    with exact.figures(manager) as found:
        with pytest.raises(KeyError):
            found.cell("avbrott", lasar="1999/00")
        with pytest.raises(KeyError):
            found.cell("avbrott", lasar=YEAR, skolenhet="10000001")


@pytest.mark.parametrize("role", ["", User.Role.REPORTER])
def test_whoever_has_no_right_gets_no_figures_even_from_the_function(person, role):
    with pytest.raises(PermissionError), exact.figures(person(role, "1480")):
        pass


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}tabell/alder.csv?exakt=ja"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("", 403),
        (User.Role.REPORTER, 403),
        (User.Role.MUNICIPAL_READER, 200),
        (User.Role.REGIONAL_READER, 200),
        (User.Role.STATISTICS_MANAGER, 200),
    ],
)
def test_each_role_at_each_address(person, client, role, status, address):
    client.force_login(person(role, "1480"))
    response = client.get(address)
    assert response.status_code == status
    if status == 403:
        assert "Ditt konto når inte hit" in response.content.decode()
        assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}tabell/alder.csv?exakt=ja"])
def test_whoever_is_not_logged_in_is_sent_to_the_login(region, client, address):
    assert client.get(address)["Location"].startswith("/konto/logga-in/?next=/personal/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_figures_are_only_read(manager, client, method):
    client.force_login(manager)
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_the_page_says_what_it_is_on_top_and_at_every_figure(manager, client):
    client.force_login(manager)
    response = client.get(f"{ADDRESS}?lasar={YEAR}")
    text = response.content.decode()
    assert "<strong>Exakta uppgifter – får inte publiceras</strong>" in text
    figures = text.count("<figure ")
    assert figures > 5
    assert text.count("Exakta uppgifter – får inte publiceras.</strong>") == figures
    assert "minst 10" not in text and "för få avbrott" not in text
    assert "fyra skyddade tal" not in text
    assert f"<strong>{truly()}</strong>" in text.replace("\N{NO-BREAK SPACE}", "")


def test_the_answer_is_kept_by_no_cache(manager, client):
    client.force_login(manager)
    for address in (ADDRESS, f"{ADDRESS}?visa=publicerat", f"{ADDRESS}tabell/alder.xlsx?exakt=ja"):
        assert client.get(address)["Cache-Control"] == "private, no-store"


def test_each_reading_is_logged_with_what_and_how_many_rows(goteborg, client):
    client.force_login(goteborg)
    client.get(f"{ADDRESS}?lasar={YEAR}&kon=K")
    line = AuditEntry.objects.get()
    assert (line.action, line.user, line.actor) == ("read_exact", goteborg, goteborg.email)
    assert line.rows == truly(home_municipality_id="1480", sex="K")
    assert line.detail == "Göteborg (hemkommun), läsåret 2024/25, kvinnor, alla program"


def test_what_may_be_published_is_one_click_away_and_not_logged(goteborg, client):
    client.force_login(goteborg)
    text = client.get(f"{ADDRESS}?visa=publicerat&lasar={YEAR}&kommun=1401").content.decode()
    public = client.get(f"/statistik/?lasar={YEAR}&kommun=1401").content.decode()
    sentence = text[text.index("<h1") : text.index("</h1>")]
    assert sentence in public and "Härryda" in sentence
    assert "Det som får publiceras" in text and "får inte publiceras" not in text
    assert not AuditEntry.objects.exists()


def test_another_municipality_in_the_address_is_left_out_with_a_sentence(goteborg, client):
    client.force_login(goteborg)
    text = client.get(f"{ADDRESS}?lasar={YEAR}&kommun=1401&kommun=1480").content.decode()
    assert "Du har rätt till exakta uppgifter om Göteborg. Härryda har lämnats utanför." in text
    assert "i Göteborg läsåret" in text
    assert f"<strong>{truly(home_municipality_id='1480')}</strong>" in text
    assert 'value="1401"' not in text


@pytest.mark.parametrize("query", ["", "&kommun=", "&kommun=T", "&kommun=9999", "&hemkommun=1401"])
def test_no_way_of_asking_gives_a_municipal_reader_the_region(goteborg, client, query):
    client.force_login(goteborg)
    text = client.get(f"{ADDRESS}?lasar={YEAR}{query}").content.decode()
    assert f"<strong>{truly(home_municipality_id='1480')}</strong>" in text
    assert "hela regionen" not in text and "Kommunerna bredvid varandra" not in text


def test_a_guessed_download_of_another_municipality_is_refused(goteborg, client):
    client.force_login(goteborg)
    response = client.get(f"{ADDRESS}tabell/alder.csv?exakt=ja&lasar={YEAR}&kommun=1401")
    assert response.status_code == 403
    assert not AuditEntry.objects.exists()


def test_a_school_of_another_municipality_is_refused_and_not_told_to_have_none(goteborg, client):
    client.force_login(goteborg)
    asked = f"perspektiv=skola&lasar={YEAR}&skolenhet=10000001&skolenhet=10000003"
    page = client.get(f"{ADDRESS}?{asked}").content.decode()
    assert "Ale gymnasium har lämnats utanför" in page
    own = truly(school_unit="10000001")
    assert f"<strong>{own}</strong>" in page and "på Norra gymnasiet läsåret" in page
    assert client.get(f"{ADDRESS}tabell/skolor.csv?exakt=ja&{asked}").status_code == 403
    line = AuditEntry.objects.filter(action="read_exact").latest("pk")
    assert line.rows == own and "Ale" not in line.detail


def test_a_download_is_the_protected_one_unless_the_exact_one_is_asked_for(manager, client):
    client.force_login(manager)
    response = client.get(f"{ADDRESS}tabell/alder.csv?lasar=2024%2F25")
    assert response["Location"] == "/statistik/tabell/alder.csv?lasar=2024%2F25"
    for other in ("", "nej", "JA", "1"):
        assert client.get(f"{ADDRESS}tabell/alder.csv?exakt={other}").status_code == 302
    text = client.get(ADDRESS).content.decode()
    assert text.count("exakt=ja") == 2 * text.count("<figure ")


def test_an_exact_csv_says_so_in_its_name_and_its_first_line(goteborg, client):
    client.force_login(goteborg)
    response = client.get(f"{ADDRESS}tabell/alder.csv?exakt=ja&lasar={YEAR}")
    assert 'filename="EXAKT-far-inte-publiceras-alder-' in response["Content-Disposition"]
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "EXAKTA UPPGIFTER - FÅR INTE PUBLICERAS"
    assert f"Alla åldrar;{truly(home_municipality_id='1480')};100" in lines
    assert not any("avvika" in line for line in lines)
    line = AuditEntry.objects.get()
    assert line.action == "fetched_exact" and "alder" in line.detail


def test_an_exact_workbook_says_so_too(manager, client):
    client.force_login(manager)
    response = client.get(f"{ADDRESS}tabell/kommuner.xlsx?exakt=ja&lasar={YEAR}")
    assert "EXAKT-far-inte-publiceras" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["Tabell"]
    assert sheet["A1"].value == "EXAKTA UPPGIFTER - FÅR INTE PUBLICERAS"


@pytest.mark.parametrize("figure", ["finnsinte", "skolor"])
def test_a_figure_that_is_not_there_is_not_found(manager, client, figure):
    client.force_login(manager)
    assert client.get(f"{ADDRESS}tabell/{figure}.csv?exakt=ja").status_code == 404


@pytest.mark.parametrize(
    "query", ["lasar=x%00y", "kon=" + "K" * 5000, "perspektiv=skola&kommun=1480", "visa=%ff"]
)
def test_bad_parameters_are_dropped(goteborg, client, query):
    client.force_login(goteborg)
    assert client.get(f"{ADDRESS}?{query}").status_code == 200


def test_a_reader_from_outside_the_region_sees_that_municipality_alone(person, client):
    client.force_login(person(User.Role.MUNICIPAL_READER, "1490"))
    text = client.get(f"{ADDRESS}?lasar={YEAR}").content.decode()
    assert f"<strong>{truly(home_municipality_id='1490')}</strong>" in text


def test_a_public_address_shows_protected_numbers_to_the_manager_too(manager, client):
    client.force_login(manager)
    assert "får inte publiceras" not in client.get("/statistik/").content.decode()


def test_the_page_costs_the_same_for_all_readers(
    goteborg, manager, client, django_assert_num_queries
):
    # 1 session, 2 user, 3 newest event, 4 and 5 the transaction, 6 and 7 the rows held still,
    # 8 schools, 9 months, 10 synthetic or not, 11 students, 12 counts, 13 the log, 14 to 19 flow,
    # persons, activity, length, graduation, programme, 20 and 21 may they edit (the CMS's bar), 22
    # the rows let go, 23 and 24 the end of the transaction
    for user in (goteborg, manager):
        client.force_login(user)
        client.get(f"{ADDRESS}?lasar={YEAR}")
        with django_assert_num_queries(24):
            client.get(f"{ADDRESS}?lasar={YEAR}")
