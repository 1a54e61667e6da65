"""Logging in, the start page behind it, and the pages around a password."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from pluginnovation.core.models import Municipality, User

pytestmark = pytest.mark.django_db
PASSWORD = "ett-langt-losenord-7"


@pytest.fixture
def log_in(client):
    def enter(email="anna@example.se", **fields):
        return client.post("/konto/logga-in/", {"login": email, "password": PASSWORD, **fields})

    return enter


@pytest.fixture
def editor(person):
    user = person("redaktor@example.se")
    user.groups.add(Group.objects.get(name="Redaktörer"))
    return user


def test_the_start_page_is_for_those_who_are_logged_in(client):
    response = client.get("/personal/")
    assert response.status_code == 302
    assert response["Location"] == "/konto/logga-in/?next=/personal/"


def test_someone_with_a_role_lands_on_the_start_page(person, log_in):
    person(role=User.Role.REPORTER)
    assert log_in()["Location"] == "/personal/"


def test_an_editor_without_a_role_lands_in_the_cms(editor, log_in):
    assert log_in("redaktor@example.se")["Location"] == "/admin/"


def test_an_editor_with_a_role_lands_on_the_start_page(editor, log_in):
    User.objects.update(role=User.Role.STATISTICS_MANAGER)
    assert log_in("redaktor@example.se")["Location"] == "/personal/"


def test_whoever_was_on_the_way_somewhere_gets_there(editor, log_in):
    assert log_in("redaktor@example.se", next="/om/")["Location"] == "/om/"
    assert "evil.example" not in log_in("redaktor@example.se", next="//evil.example/")["Location"]


def test_the_start_page_says_who_one_is_and_what_one_may_do(person, client, valid):
    user = person(
        role=User.Role.REPORTER,
        municipality=Municipality.objects.get(code="1480"),
        first_name="Anna",
    )
    client.force_login(user)
    text = valid(client.get("/personal/"))
    for words in ("Hej Anna", "Uppgiftslämnare", "Göteborg", "Skicka in uppgifter"):
        assert words in text
    assert "/admin/" not in text
    assert re.search(r'<form method="post" action="/konto/logga-ut/">', text)


def test_an_editor_is_shown_the_way_to_the_cms_and_no_files_to_send(editor, client, valid):
    client.force_login(editor)
    text = valid(client.get("/personal/"))
    assert 'href="/admin/"' in text and "Skicka in uppgifter" not in text


def test_the_start_page_is_not_kept_by_any_cache(person, client):
    client.force_login(person())
    assert "no-store" in client.get("/personal/")["Cache-Control"]


def test_the_start_page_costs_few_queries(editor, client, django_assert_max_num_queries):
    User.objects.update(municipality=Municipality.objects.get(code="1480"))
    client.force_login(editor)
    client.get("/personal/")
    # 1 session, 2 user, 3 and 4 permissions of the user and of the groups, 5 municipality,
    # 6 and 7 the profile of the editor, which the bar of the CMS asks for twice
    with django_assert_max_num_queries(7):
        client.get("/personal/")


def test_logging_out_takes_a_click_and_ends_the_session(person, client):
    client.force_login(person())
    assert client.get("/konto/logga-ut/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/konto/logga-ut/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/"])
def test_the_logins_of_the_cms_give_way_to_the_shared_one(person, client, address):
    """There tries are counted and locked; a second way in would be one to guess passwords at."""
    assert client.get(address)["Location"] == "/konto/logga-in/?next=%2Fadmin%2F"
    there = client.get(f"{address}?next=/admin/pages/")["Location"]
    assert there == "/konto/logga-in/?next=%2Fadmin%2Fpages%2F"
    client.post(address, {"username": person().email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_the_cms_sends_whoever_is_not_logged_in_to_the_shared_login(client):
    assert client.get("/admin/")["Location"].startswith("/konto/logga-in/?next=/admin/")


@pytest.mark.parametrize(
    "address",
    [
        "/konto/logga-in/",
        "/konto/losenord/",
        "/konto/losenord/skickat/",
        "/konto/losenord/nytt/1-fel/",
        "/konto/losenord/klart/",
        "/konto/inaktiverat/",
        "/konto/registrera/",
    ],
)
def test_the_pages_around_a_password_are_valid_and_ours(client, valid, address):
    text = valid(client.get(address))
    assert 'class="site-footer"' in text and text.count("<h1>") == 1
    assert 'content="noindex"' in text


@pytest.mark.parametrize(
    "address", ["/konto/losenord/byt/", "/konto/logga-ut/", "/konto/bekrafta/"]
)
def test_so_are_those_for_someone_logged_in(person, client, valid, address):
    client.force_login(person())
    text = valid(client.get(address))
    assert 'class="site-footer"' in text and text.count("<h1>") == 1


def test_every_field_has_a_label_and_its_error_is_tied_to_it(client, valid):
    text = valid(client.post("/konto/logga-in/", {"login": "inte en adress", "password": ""}))
    for name in ("login", "password"):
        assert f'for="id_{name}"' in text
        field = re.search(rf'<input[^>]*id="id_{name}"[^>]*>', text)[0]
        assert 'aria-invalid="true"' in field
        described = re.search(r'aria-describedby="([^"]*)"', field)[1].split()
        assert f"id_{name}_error" in described
        for target in described:
            assert f'id="{target}"' in text


def test_a_wrong_password_says_so_and_no_more(person, log_in, valid):
    person()
    wrong = valid(log_in(password="fel"))
    assert 'role="alert"' in wrong
    unknown = valid(log_in("ingen@example.se"))
    message = re.search(r'role="alert">\s*<p>(.*?)</p>', wrong)[1]
    assert re.search(r'role="alert">\s*<p>(.*?)</p>', unknown)[1] == message


def test_a_forgotten_password_is_made_anew_by_mail(person, client, log_in, valid):
    person()
    for email in ("anna@example.se", "okand@example.se"):
        client.post("/konto/losenord/", {"email": email}, headers={"host": "testserver:99"})
    said = "".join(letter.subject + letter.body for letter in mail.outbox)
    assert len(mail.outbox) == 2 and ":99" not in said, "the host of a request leads nobody astray"
    assert said.count("[PlugInnovation]") == 2
    address = re.search(r"http://[^/]+(/konto/losenord/nytt/\S+)", mail.outbox[0].body)[1]
    form = client.get(address, follow=True)
    assert "Välj ett nytt lösenord" in valid(form)
    new = "nytt-och-langt-8"
    where = form.redirect_chain[-1][0]
    assert client.post(where, {"password1": new, "password2": new}).status_code == 302
    assert log_in(password=new).status_code == 302


def test_nobody_gives_their_account_another_address(person, client):
    user = person()
    client.force_login(user)
    for action in ("action_add", "action_primary"):
        answer = client.post("/konto/epost/", {action: "", "email": "chef@kommun.example"})
        assert answer["Location"] == "/personal/"
    user.refresh_from_db()
    assert user.email == "anna@example.se" and not user.emailaddress_set.exists()


def test_nobody_makes_an_account_themselves(client, valid):
    assert "Konton ges av redaktionen" in valid(client.get("/konto/registrera/"))


def test_staff_who_may_not_edit_are_told_so_and_not_sent_in_circles(client, django_user_model):
    user = django_user_model.objects.create_user("ale@example.se", "hemligt", role="kommunlasare")
    client.force_login(user)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/personal/"
    assert "redaktörernas verktyg" in response.content.decode()
