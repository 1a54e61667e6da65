"""The dashboard of a publication is made once in a process, without help from another."""

from statistics import kept

import pytest
from django.core.cache import cache

from pluginnovation.core import drawing

from .figures_factory import published_region

pytestmark = pytest.mark.django_db

published = published_region(60)


def test_the_figures_of_a_selection_are_made_once(published, client, monkeypatch):
    address = "/statistik/?kommun=1480&kon=K"
    first = client.get(address).content
    monkeypatch.setattr(kept.figures, "build_all", None)
    assert client.get(address).content == first
    with pytest.raises(TypeError):
        client.get("/statistik/?kommun=1480&kon=M")


def test_what_was_wrong_with_the_question_is_said_though_the_figures_are_kept(published, client):
    assert "9999" not in client.get("/statistik/?kommun=1480").text
    assert "9999" in client.get("/statistik/?kommun=1480&kommun=9999").text


def test_a_first_showing_needs_no_helper_and_leaves_no_drawing_behind(
    published, client, monkeypatch
):
    monkeypatch.setattr(drawing.Helper, "ask", None)
    cache.clear()
    page = client.get("/statistik/?kommun=1480&lasar=2024/25").text
    assert page.count('role="img"') >= 14
    assert not cache._cache
