"""The CMS closes accounts and does not remove them."""

import pytest
from django.urls import reverse

from pluginnovation.core.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone(client):
    client.force_login(User.objects.create_superuser("chef@example.se", "x"))
    return User.objects.create_user("anna@example.se", "x", role=User.Role.REPORTER)


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_account_is_kept_and_the_editor_told_what_to_do_instead(client, someone, method):
    address = reverse("wagtailusers_users:delete", args=[someone.pk])
    response = getattr(client, method)(address, follow=True)
    assert "Konton tas inte bort" in response.content.decode()
    assert User.objects.filter(pk=someone.pk).exists()


def test_so_are_several(client, someone):
    response = client.post(f"/admin/bulk/core/user/delete/?id={someone.pk}", follow=True)
    assert "Konton tas inte bort" in response.content.decode()
    assert User.objects.filter(pk=someone.pk).exists()


def test_an_account_can_be_closed(client, someone):
    address = reverse("wagtailusers_users:edit", args=[someone.pk])
    fields = {"email": someone.email, "first_name": "Anna", "last_name": "A", "password1": ""}
    client.post(address, fields | {"password2": ""})
    someone.refresh_from_db()
    assert not someone.is_active
