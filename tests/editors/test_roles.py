"""What each role may do, tried at the doors of the CMS."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupPagePermission
from wagtail.snippets.models import get_snippet_models

from pluginnovation.core.models import User
from pluginnovation.site.editors import roles

from .conftest import ROLES, add_page, edit

pytestmark = pytest.mark.django_db


def test_there_are_four_groups_with_swedish_names():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES.values())


@pytest.mark.parametrize("role", ROLES)
def test_every_role_writes_a_draft(logged_in, home, role):
    page = add_page(logged_in(role), home)
    assert page
    assert page.live is False


@pytest.mark.parametrize(
    ("role", "is_published"),
    [("skribent", False), ("redaktör", False), ("moderator", True), ("administratör", True)],
)
def test_who_may_publish(logged_in, home, role, is_published):
    page = add_page(logged_in(role), home, **{"action-publish": "1"})
    assert page.live is is_published


@pytest.mark.parametrize(
    ("role", "may"), [("skribent", 302), ("redaktör", 200), ("moderator", 200)]
)
def test_who_may_edit_what_somebody_else_wrote(logged_in, draft, role, may):
    page = draft(owner=User.objects.create_user("annan@demo.example"))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert logged_in(role).get(address).status_code == may


def test_contributors_go_on_with_their_own_drafts(logged_in, home):
    client = logged_in("skribent")
    page = add_page(client, home)
    edit(client, page, title="Bättre titel")
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Bättre titel"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "name", ["wagtailimages:add", "wagtaildocs:add", "wagtailmedia:index", "wagtailadmin_home"]
)
def test_every_role_adds_files(logged_in, role, name):
    assert logged_in(role).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
def test_moderators_edit_every_snippet_and_contributors_none(logged_in, model):
    """A new snippet fails here: add it to `roles.MODELS` and call `roles.grant` in a migration."""
    address = reverse(model.snippet_viewset.get_url_name("add"))
    assert logged_in("moderator").get(address).status_code == 200
    assert logged_in("skribent").get(address).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailadmin_workflows:index",
        "wagtailadmin_workflows:task_index",
        "wagtailsites:index",
        "wagtailadmin_collections:index",
        "wagtailredirects:index",
    ],
)
def test_administrators_reach_the_settings_and_editors_do_not(logged_in, name):
    assert logged_in("administratör").get(reverse(name)).status_code == 200
    assert logged_in("redaktör").get(reverse(name)).status_code == 302


def test_granting_again_changes_nothing():
    def rights():
        return (
            Group.objects.count(),
            GroupPagePermission.objects.count(),
            {group.name: group.permissions.count() for group in Group.objects.all()},
        )

    before = rights()
    roles.grant(apps)
    assert rights() == before


def test_groups_with_the_names_of_the_cms_keep_people_rights_and_tasks():
    group = Group.objects.get(name=roles.MODERATORS)
    Group.objects.filter(pk=group.pk).update(name="Moderators")
    user = User.objects.create_user("mod@demo.example")
    user.groups.add(group)
    roles.grant(apps)
    assert user.groups.get().name == roles.MODERATORS
    assert user.groups.get().pk == group.pk


def test_where_both_names_are_there_the_people_move_over():
    former = Group.objects.create(name="Editors")
    user = User.objects.create_user("red@demo.example")
    user.groups.add(former)
    task = GroupApprovalTask.objects.create(name="Annat steg")
    task.groups.add(former)
    roles.grant(apps)
    assert user.groups.get().name == roles.EDITORS
    assert task.groups.get().name == roles.EDITORS
    assert not Group.objects.filter(name="Editors").exists()
