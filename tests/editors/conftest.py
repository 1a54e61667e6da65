"""People of each role, and the forms that they send."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pluginnovation.core.models import User
from pluginnovation.site.editors import roles
from pluginnovation.site.models import HomePage, PlainPage

ROLES = {
    "skribent": roles.CONTRIBUTORS,
    "redaktör": roles.EDITORS,
    "moderator": roles.MODERATORS,
    "administratör": roles.ADMINISTRATORS,
}


@pytest.fixture
def home(db):
    return HomePage.objects.get()


@pytest.fixture
def logged_in(db):
    """``logged_in("skribent")`` is a client; the same role twice is the same person."""

    def enter(role):
        email = f"{role.replace('ö', 'o')}@demo.example"
        user, is_new = User.objects.get_or_create(email=email)
        if is_new:
            user.groups.add(Group.objects.get(name=ROLES[role]))
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return enter


@pytest.fixture
def draft(home):
    """``draft("Titel")`` is a text page that nobody has published."""

    def make(title="Ett utkast", owner=None, **fields):
        page = PlainPage(title=title, summary="Kort.", live=False, owner=owner, **fields)
        home.add_child(instance=page)
        page.save_revision(user=owner)
        return page

    return make


def form(title="Ny sida", **buttons):
    return nested_form_data(
        {
            "title": title,
            "slug": "ny-sida",
            "summary": "Kort.",
            "body": streamfield([]),
            "comments": inline_formset([]),
        }
        | buttons
    )


def add_page(client, home, **buttons):
    address = reverse("wagtailadmin_pages:add", args=["site", "plainpage", home.pk])
    client.post(address, form(**buttons))
    return PlainPage.objects.filter(slug="ny-sida").first()


def edit(client, page, **buttons):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form(**buttons), follow=True)


def messages_of(response) -> str:
    return " ".join(str(each) for each in response.context["messages"])
