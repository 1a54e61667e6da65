"""The way of a page to its readers: somebody reads the content, then language and access."""

from . import roles

WORKFLOW, CONTENT, CHECK = "Granskning", "Innehåll", "Språk och tillgänglighet"
# What the workflow has been called: by the CMS, and by an earlier migration.
FORMER_NAMES = ("Moderators approval", "granskning")


def arrange(apps) -> None:
    """Make the workflow with its two steps, or bring the one that is there to it; adds only."""
    workflow = _one(apps, "Workflow", WORKFLOW)
    content = _one(apps, "GroupApprovalTask", CONTENT)
    check = _one(apps, "LanguageCheckTask", CHECK, app="site")
    groups = apps.get_model("auth", "Group").objects
    content.groups.set(groups.filter(name__in=[roles.EDITORS, roles.MODERATORS]))
    check.groups.set(groups.filter(name=roles.MODERATORS))
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    for number, task in enumerate((content, check)):
        steps.update_or_create(workflow=workflow, task_id=task.pk, defaults={"sort_order": number})
    _use_everywhere(apps, workflow)


def _one(apps, model: str, name: str, app: str = "wagtailcore"):
    """The workflow or task of that name, or of a former name, or a new one."""
    things = apps.get_model(app, model)
    found = things.objects.filter(name__in=(name, *FORMER_NAMES)).order_by("pk").first()
    if found:
        found.name = name
        found.save()
        return found
    fields = {"name": name, "active": True}
    if model != "Workflow":
        types = apps.get_model("contenttypes", "ContentType").objects
        fields["content_type"], _ = types.get_or_create(app_label=app, model=model.lower())
    return things.objects.create(**fields)


def _use_everywhere(apps, workflow) -> None:
    """All pages, and the evaluation reports, take this way where no other is set."""
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
        page=root, defaults={"workflow": workflow}
    )
    types = apps.get_model("contenttypes", "ContentType").objects
    report, _ = types.get_or_create(app_label="casestudies", model="evaluationreport")
    apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
        content_type=report, defaults={"workflow": workflow}
    )
