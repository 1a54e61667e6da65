"""People log in with their e-mail address."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError
from django.test import RequestFactory

from pluginnovation.core.models import User

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters():
    assert User.objects.create_user("Anna@Example.SE", "hemligt").email == "anna@example.se"


def test_two_users_cannot_share_an_address():
    User.objects.create_user("anna@example.se", "hemligt")
    with pytest.raises(IntegrityError):
        User.objects.create_user("ANNA@example.se", "annat")


def test_a_user_without_an_address_is_refused():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("", "hemligt")


def test_one_logs_in_with_address_and_password_whatever_the_case():
    user = User.objects.create_user("anna@example.se", "hemligt")
    request = RequestFactory().post("/konto/logga-in/")
    assert authenticate(request, email="Anna@example.se", password="hemligt") == user
    assert authenticate(request, email="anna@example.se", password="fel") is None


def test_nobody_signs_up_by_themselves(client):
    response = client.post(
        "/konto/registrera/",
        {"email": "ny@example.se", "password1": "Xk29dkq!aa", "password2": "Xk29dkq!aa"},
    )
    assert not User.objects.filter(email="ny@example.se").exists()
    assert response.status_code == 200
