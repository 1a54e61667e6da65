"""The four roles of the editorial staff, as groups with their permissions.

A migration calls ``grant``. It only adds what is missing, so it may run again after a new
snippet or after somebody renamed the CMS's own groups by hand.
"""

CONTRIBUTORS, EDITORS = "Skribenter", "Redaktörer"
MODERATORS, ADMINISTRATORS = "Moderatorer", "Administratörer"
# The groups that the CMS brings, and what they become.
FORMER_NAMES = {"Editors": EDITORS, "Moderators": MODERATORS}

PAGE = "wagtailcore.page"
ALL = ("add", "change", "delete", "view")
DRAFTED = (*ALL, "publish", "lock", "unlock")

PAGES = {
    CONTRIBUTORS: ("add",),
    EDITORS: ("add", "change"),
    MODERATORS: ("add", "change", "publish", "lock", "unlock"),
    ADMINISTRATORS: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}

# Pictures, documents and films; their rights hold for a collection and all below it.
_ADD_FILES = {
    "wagtailimages.image": ("add", "choose"),
    "wagtaildocs.document": ("add", "choose"),
    "wagtailmedia.media": ("add",),
}
_CHANGE_FILES = {name: (*actions, "change") for name, actions in _ADD_FILES.items()}
_COLLECTIONS = {"wagtailcore.collection": ("add", "change", "delete")}
FILES = {
    CONTRIBUTORS: _ADD_FILES,
    EDITORS: _CHANGE_FILES,
    MODERATORS: _CHANGE_FILES,
    ADMINISTRATORS: _CHANGE_FILES | _COLLECTIONS,
}

_EVERYBODY = {"wagtailadmin.admin": ("access",)}
_VOCABULARIES = {
    "knowledge.subject": ALL,
    "knowledge.riskfactor": ALL,
    "casestudies.evaluationform": ALL,
    "casestudies.evaluationscale": ALL,
    "casestudies.evaluationreport": DRAFTED,
}
_SETTINGS = {
    "core.user": ALL,
    "auth.group": ALL,
    "wagtailcore.site": ALL,
    "wagtailcore.locale": ALL,
    "wagtailcore.workflow": ALL,
    "wagtailcore.task": ALL,
    "wagtailredirects.redirect": ALL,
}
MODELS = {
    CONTRIBUTORS: _EVERYBODY,
    EDITORS: _EVERYBODY | {"casestudies.evaluationreport": ("add", "change", "view")},
    MODERATORS: _EVERYBODY | _VOCABULARIES | {"wagtailredirects.redirect": ALL},
    ADMINISTRATORS: _EVERYBODY | _VOCABULARIES | _SETTINGS,
}


def grant(apps) -> None:
    """Name the groups and give them what they lack; takes the models of a migration or today's."""
    group_model = apps.get_model("auth", "Group")
    for former, name in FORMER_NAMES.items():
        _rename(apps, group_model, former, name)
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    files = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    on_page = apps.get_model("wagtailcore", "GroupPagePermission").objects
    on_files = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for name in PAGES:
        group, _ = group_model.objects.get_or_create(name=name)
        for permission in permissions(apps, {PAGE: PAGES[name]}):
            on_page.get_or_create(group=group, page=root, permission=permission)
        for permission in permissions(apps, FILES[name]):
            on_files.get_or_create(group=group, collection=files, permission=permission)
        group.permissions.add(*permissions(apps, MODELS[name]))


def permissions(apps, wanted: dict):
    """The permissions of ``{"app.model": actions}``, made where they are not there yet.

    Django and the CMS make theirs after all migrations; what they find, they leave as it is.
    """
    types = apps.get_model("contenttypes", "ContentType").objects
    permission = apps.get_model("auth", "Permission").objects
    for label, actions in wanted.items():
        app_label, model = label.split(".")
        content_type, _ = types.get_or_create(app_label=app_label, model=model)
        for action in actions:
            found, _ = permission.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {model}"},
            )
            yield found


def _rename(apps, group_model, former: str, name: str) -> None:
    """Rename a group; where both names are there, people and rights move to the new one."""
    old = group_model.objects.filter(name=former).first()
    new = group_model.objects.filter(name=name).first()
    if old and not new:
        group_model.objects.filter(pk=old.pk).update(name=name)
    elif old:
        new.user_set.add(*old.user_set.all())
        new.permissions.add(*old.permissions.all())
        for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups=old):
            task.groups.add(new)
        old.delete()
