"""Who may change accounts cannot make a superuser, nor become one."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from pluginnovation.core.models import User
from pluginnovation.site.editors import roles
from pluginnovation.site.editors.accounts import ONLY_SUPERUSERS, ONLY_THEMSELVES

pytestmark = pytest.mark.django_db
NEW = "/admin/users/new/"
BULK = "/admin/bulk/core/user/set_active_state/"


@pytest.fixture
def administrator(logged_in):
    return logged_in("administratör")


@pytest.fixture
def root(client):
    user = User.objects.create_superuser(email="rot@demo.example", password="x")
    client.force_login(user)
    client.user = user
    return client


def account(**fields):
    group = Group.objects.get(name=roles.EDITORS)
    named = {"email": "ny@demo.example", "first_name": "Ny", "last_name": "Person"}
    return named | {"groups": [group.pk], "is_active": "on"} | fields


def with_password(**fields):
    return account(password1="Långt-lösenord-7", password2="Långt-lösenord-7", **fields)


def edit_of(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_an_administrator_makes_accounts_but_no_superuser(administrator):
    assert ONLY_SUPERUSERS in administrator.get(NEW).content.decode()
    administrator.post(NEW, with_password(is_superuser="on"))
    made = User.objects.get(email="ny@demo.example")
    assert made.groups.count() == 1
    assert not made.is_superuser


def test_an_administrator_cannot_raise_an_account_later(administrator):
    made = User.objects.create_user("ny@demo.example")
    assert administrator.post(edit_of(made), account(is_superuser="on")).status_code == 302
    made.refresh_from_db()
    assert (made.first_name, made.is_superuser) == ("Ny", False)


def test_an_administrator_cannot_take_over_a_superuser(administrator):
    root = User.objects.create_superuser(email="rot@demo.example", password="gammalt")
    assert administrator.get(edit_of(root)).status_code == 302
    administrator.post(edit_of(root), with_password(email="min@demo.example"))
    administrator.post(f"{BULK}?id={root.pk}", {"mark_as_active": "False"})
    root.refresh_from_db()
    assert root.email == "rot@demo.example" and root.check_password("gammalt") and root.is_active


def test_an_administrator_cannot_become_somebody_who_reads_exact_figures(administrator):
    """Whoever has a role and no app yet sets one up at the next login: with the password alone."""
    reader = User.objects.create_user("ny@demo.example", "gammalt", role=User.Role.REGIONAL_READER)
    assert ONLY_THEMSELVES in administrator.get(edit_of(reader)).content.decode()
    posted = with_password(email="min@demo.example", last_name="Läsare")
    assert administrator.post(edit_of(reader), posted).status_code == 302
    reader.refresh_from_db()
    assert reader.email == "ny@demo.example" and reader.check_password("gammalt")
    assert reader.last_name == "Läsare" and reader.groups.exists(), "the rest is theirs to change"


def test_nobody_gives_their_account_another_address(logged_in):
    text = logged_in("redaktör").get("/admin/account/").content.decode()
    assert 'name="name_email-last_name"' in text and 'name="name_email-email"' not in text


def test_an_administrator_still_closes_other_accounts_at_once(administrator):
    other = User.objects.create_user("annan@demo.example")
    administrator.post(f"{BULK}?id={other.pk}", {"mark_as_active": "False"})
    other.refresh_from_db()
    assert not other.is_active


def test_a_superuser_makes_another(root):
    assert ONLY_SUPERUSERS not in root.get(NEW).content.decode()
    root.post(NEW, with_password(is_superuser="on"))
    assert User.objects.get(email="ny@demo.example").is_superuser
