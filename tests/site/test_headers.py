"""What browsers are told to refuse."""

import pytest

from pluginnovation.core.models import User
from pluginnovation.site.models import HomePage


def policy(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("address", ["/", "/sok/", "/konto/logga-in/", "/finns-inte/", "/halsa"])
def test_the_public_site_runs_nothing_but_its_own_files(db, client, address):
    found = policy(client.get(address))
    assert "unsafe" not in str(found)
    assert found["default-src"] == ["'self'"] and found["object-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'none'"] and found["form-action"] == ["'self'"]


def test_the_cms_has_a_policy_too_that_lets_nothing_foreign_in(db, client):
    client.force_login(User.objects.create_superuser("a@example.se", "ett-langt-losenord-7"))
    found = policy(client.get("/admin/pages/add/site/plainpage/3/"))
    assert found["script-src"] == ["'self'", "'unsafe-inline'"]
    assert found["default-src"] == found["form-action"] == ["'self'"]
    assert "unsafe-eval" not in str(found) and "http" not in str(found)


def test_a_preview_stands_in_the_editors_frame_and_is_as_strict_for_the_rest(db):
    found = policy(HomePage.objects.get().make_preview_request())
    assert found["frame-ancestors"] == ["'self'"]
    assert "unsafe" not in str(found) and found["default-src"] == ["'self'"]


def test_no_page_may_ask_for_place_camera_or_payment(db, client):
    said = client.get("/")["Permissions-Policy"]
    assert all(f"{one}=()" in said for one in ("camera", "geolocation", "microphone", "payment"))


def test_other_sites_are_told_nothing_of_where_somebody_came_from(db, client):
    response = client.get("/")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
