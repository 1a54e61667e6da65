"""A statistikansvarig keeps sources and accounts, and reads the log; nobody else does."""

import re
from statistics import audit
from statistics.models import AuditEntry, Source

import html5lib
import pytest

from pluginnovation.core import second_factor
from pluginnovation.core.models import User

from . import records

pytestmark = pytest.mark.django_db
PAGES = (
    "kallor/",
    "kallor/ny/",
    "kallor/prov/",
    "konton/",
    "konton/nytt/",
    "konton/{pk}/",
    "publiceringar/",
    "logg/",
)
ROLES = ("", User.Role.REPORTER, User.Role.MUNICIPAL_READER, User.Role.REGIONAL_READER)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def reader(db):
    return User.objects.create_user(
        "lasare@example.se", "x", role=User.Role.MUNICIPAL_READER, municipality_id="1480"
    )


@pytest.fixture
def sender(db):
    return User.objects.create_user("lamnare@example.se", "x", role=User.Role.REPORTER)


@pytest.fixture
def manager(db, client):
    user = User.objects.create_user("ansvarig@example.se", role=User.Role.STATISTICS_MANAGER)
    client.force_login(user)
    return user


@pytest.fixture
def source(db):
    return records.make_source("prov", kind="municipality")


def valid(response):
    text = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return text


def post_account(client, user, **changed):
    fields = {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "municipality": user.municipality_id or "",
        "is_active": "on",
    }
    return client.post(f"/personal/konton/{user.pk}/", fields | changed)


@pytest.mark.parametrize("role", ROLES)
def test_no_other_role_opens_any_of_the_pages(client, source, reader, role):
    client.force_login(User.objects.create_user("annan@example.se", role=role))
    for page in (*PAGES, "konton/{pk}/nollstall/"):
        address = f"/personal/{page.format(pk=reader.pk)}"
        assert client.get(address).status_code == 403, page
        assert client.post(address, {"role": "statistikansvarig"}).status_code == 403, page


def test_nor_does_nobody(client, source, reader):
    for page in (*PAGES, "konton/{pk}/nollstall/"):
        for method in (client.get, client.post):
            response = method(f"/personal/{page.format(pk=reader.pk)}")
            assert response["Location"].startswith("/konto/logga-in/"), page


def test_the_pages_are_valid_and_kept_by_no_cache(manager, client, source, reader):
    for page in PAGES:
        response = client.get(f"/personal/{page.format(pk=reader.pk)}")
        assert valid(response).count("<h1") == 1, page
        assert response["Cache-Control"] == "private, no-store", page


def test_a_source_is_made_with_its_scope_and_its_senders_and_the_log_says_so(
    manager, client, sender
):
    records.make_school("99000001")
    client.post(
        "/personal/kallor/ny/",
        {
            "code": "kungalv",
            "name": "Kungälvs kommun",
            "kind": "municipality",
            "municipalities": ["1482"],
            "school_units": "99000001\n",
            "senders": [sender.pk],
            "needs_approval": "on",
        },
    )
    made = Source.objects.get(code="kungalv")
    assert [place.pk for place in made.municipalities.all()] == ["1482"]
    assert list(made.senders.all()) == [sender] and made.needs_approval
    assert made.school_units == ["99000001"] and not made.synthetic
    line = AuditEntry.objects.get()
    assert (line.action, line.source, line.user) == ("changed_source", "kungalv", manager)
    assert "Kungälv" in line.detail and "lamnare@example.se" in line.detail


def test_the_code_of_a_source_never_changes(manager, client, source):
    client.post("/personal/kallor/prov/", {"code": "annan", "name": "Nytt namn", "kind": "region"})
    source.refresh_from_db()
    assert (source.code, source.name) == ("prov", "Nytt namn")
    assert "namn: Källa prov → Nytt namn" in AuditEntry.objects.get().detail


def test_a_school_that_is_not_in_the_register_is_an_error_and_nothing_is_lost(
    manager, client, source
):
    response = client.post(
        "/personal/kallor/prov/",
        {"name": "Nytt namn", "kind": "region", "school_units": "12345678, <b>"},
    )
    text = valid(response)
    assert "Finns inte i registret över skolenheter: 12345678, &lt;b&gt;" in text
    assert 'value="Nytt namn"' in text
    assert Source.objects.get().name == "Källa prov"


def test_only_those_with_the_role_can_be_made_senders(manager, client, source, reader):
    client.post("/personal/kallor/prov/", {"name": "N", "kind": "region", "senders": [reader.pk]})
    assert not source.senders.exists()


def test_a_role_is_given_and_the_log_says_from_what_to_what(manager, client, reader):
    post_account(client, reader, role="regionlasare", municipality="")
    reader.refresh_from_db()
    assert reader.role == User.Role.REGIONAL_READER and reader.municipality is None
    detail = AuditEntry.objects.get().detail
    assert "roll i statistiken: Kommunläsare → Regionläsare" in detail
    assert "kommun: Göteborg → ingen" in detail


def test_a_municipal_reader_needs_a_municipality(manager, client, sender):
    text = valid(post_account(client, sender, role="kommunlasare"))
    assert "Välj den kommun" in text
    sender.refresh_from_db()
    assert sender.role == User.Role.REPORTER


def test_an_account_is_closed_and_not_removed(manager, client, reader):
    fields = {"role": reader.role, "municipality": "1480"}
    client.post(f"/personal/konton/{reader.pk}/", fields)
    reader.refresh_from_db()
    assert not reader.is_active
    client.force_login(reader)
    assert client.get("/personal/statistik/").status_code == 302


def test_a_new_account_gets_a_link_to_choose_a_password(manager, client, mailoutbox):
    client.post(
        "/personal/konton/nytt/",
        {"email": "Ny@Example.se", "role": "kommunlasare", "municipality": "1401"},
    )
    made = User.objects.get(email="ny@example.se")
    assert not made.has_usable_password() and made.municipality_id == "1401"
    assert mailoutbox[0].to == ["ny@example.se"]
    assert mailoutbox[0].subject == "[PlugInnovation] Välj lösenord"
    assert "Du har fått ett konto på PlugInnovation" in mailoutbox[0].body
    address = re.search(r"http://[^/]+(/konto/losenord/nytt/\S+)", mailoutbox[0].body)[1]
    client.logout()
    where = client.get(address, follow=True).redirect_chain[-1][0]
    new = "ett-langt-losenord-8"
    client.post(where, {"password1": new, "password2": new})
    client.post("/konto/logga-in/", {"login": "ny@example.se", "password": new})
    assert client.get("/personal/", follow=True).redirect_chain[-1][0] == "/konto/tvafaktor/app/"


def test_a_mail_server_that_is_down_loses_no_account(manager, client, monkeypatch):
    def down(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    response = client.post(
        "/personal/konton/nytt/", {"email": "ny@example.se", "role": ""}, follow=True
    )
    assert "brevet gick inte att skicka" in response.content.decode()
    assert User.objects.filter(email="ny@example.se").exists()


def test_an_address_that_is_there_already_is_an_error(manager, client, reader):
    text = valid(client.post("/personal/konton/nytt/", {"email": "LASARE@example.se", "role": ""}))
    assert "Det finns redan ett konto" in text


def test_the_address_of_an_account_cannot_be_changed(manager, client, reader):
    post_account(client, reader, email="tjuv@example.se")
    reader.refresh_from_db()
    assert reader.email == "lasare@example.se"


def test_nothing_here_makes_anybody_more_than_the_form_says(manager, client, reader):
    post_account(client, reader, is_superuser="on", is_staff="on", groups="1", password="x")
    reader.refresh_from_db()
    assert not reader.is_superuser and not reader.is_staff and not reader.groups.exists()


@pytest.mark.parametrize("page", ["konton/{pk}/", "konton/{pk}/nollstall/"])
def test_a_superuser_is_out_of_reach(manager, client, page):
    boss = User.objects.create_superuser("chef@example.se", "x")
    second_factor.set_up(boss, SECRET)
    assert client.post(f"/personal/{page.format(pk=boss.pk)}", {"role": ""}).status_code == 404
    assert second_factor.has_one(boss)
    assert "chef@example.se" not in client.get("/personal/konton/").content.decode()


def test_nobody_changes_their_own_account(manager, client):
    second_factor.set_up(manager, SECRET)
    assert post_account(client, manager, role="").status_code == 302
    client.post(f"/personal/konton/{manager.pk}/nollstall/")
    manager.refresh_from_db()
    assert manager.role == User.Role.STATISTICS_MANAGER and second_factor.has_one(manager)
    assert not AuditEntry.objects.exists()


def test_a_lost_second_factor_is_taken_away_by_a_click_and_not_by_a_link(manager, client, reader):
    second_factor.set_up(reader, SECRET)
    address = f"/personal/konton/{reader.pk}/nollstall/"
    assert client.get(address).status_code == 405
    assert second_factor.has_one(reader)
    client.post(address)
    assert not second_factor.has_one(reader)
    assert "andra steget nollställt" in AuditEntry.objects.get().detail


def test_the_log_shows_who_did_what_and_is_cut_by_its_filters(manager, client, source, sender):
    audit.record(
        audit.Action.SENT, sender, source=source, sha256="ab" * 32, rows=12, detail="<b>fil</b>"
    )
    audit.record(audit.Action.ERASED)
    text = valid(client.get("/personal/logg/"))
    for words in ("Skickade in", "lamnare@example.se", "prov", "abababababab", "&lt;b&gt;fil"):
        assert words in text
    assert "2 rader" in text
    for query, count in (
        ("vad=sent", 1),
        ("vem=LAMNARE", 1),
        ("kalla=prov", 1),
        ("kalla=annan", 0),
        ("vad=nonsens", 2),
        ("vem=%00", 2),
        ("sida=99", 2),
        ("sida=x", 2),
    ):
        found = client.get(f"/personal/logg/?{query}").context["page"].paginator.count
        assert found == count, query


def test_the_log_has_pages_and_costs_the_same_for_few_and_many_lines(
    manager, client, django_assert_num_queries
):
    audit.record(audit.Action.SENT)
    client.get("/personal/logg/")
    # 1 session, 2 user, 3 count, 4 lines, 5 and 6 may they edit (the CMS's bar)
    with django_assert_num_queries(6):
        client.get("/personal/logg/")
    for _ in range(55):
        audit.record(audit.Action.ERASED)
    with django_assert_num_queries(6):
        assert "Sida 1 av 2" in valid(client.get("/personal/logg/"))
    assert "Skickade in</td>" in valid(client.get("/personal/logg/?sida=2"))


def test_the_lists_cost_the_same_for_few_and_many(
    manager, client, source, sender, django_assert_num_queries
):
    source.senders.add(sender)
    for number in range(8):
        more = records.make_source(f"mer-{number}")
        more.senders.add(sender)
        User.objects.create_user(
            f"m{number}@example.se", role="kommunlasare", municipality_id="1480"
        )
    # 1 session, 2 user, 3 sources, 4 municipalities, 5 senders, 6 and 7 the CMS's bar
    with django_assert_num_queries(7):
        client.get("/personal/kallor/")
    # 1 session, 2 user, 3 accounts, 4 and 5 the CMS's bar
    with django_assert_num_queries(5):
        client.get("/personal/konton/")
