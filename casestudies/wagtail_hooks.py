"""The editors' rooms for reports, question lists and scales."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import EvaluationForm, EvaluationReport, EvaluationScale
from .models.reporting import add_missing_answers


class ReportViewSet(SnippetViewSet):
    model = EvaluationReport
    icon = "doc-full"
    menu_label = "Rapporter"
    list_display = ["__str__", "case", "form", "live"]
    list_filter = ["form"]


class FormViewSet(SnippetViewSet):
    model = EvaluationForm
    icon = "list-ol"
    menu_label = "Frågelistor"
    list_display = ["title", "code", "version"]


class ScaleViewSet(SnippetViewSet):
    model = EvaluationScale
    icon = "order"
    menu_label = "Svarsskalor"
    list_display = ["label", "code"]


class EvaluationGroup(SnippetViewSetGroup):
    menu_label = "Utvärderingar"
    menu_icon = "clipboard-list"
    menu_order = 250
    items = (ReportViewSet, FormViewSet, ScaleViewSet)


register_snippet(EvaluationGroup)


@hooks.register("after_create_snippet")
def lay_out_the_questions(request, instance):
    """A new report gets a row for each question of its list, and opens again to be filled in."""
    if not isinstance(instance, EvaluationReport) or not add_missing_answers(instance):
        return None
    instance.save_revision(user=request.user)
    messages.info(request, "Rapporten har nu en rad för varje fråga. Fyll i svaren.")
    return redirect("wagtailsnippets_casestudies_evaluationreport:edit", instance.pk)


@hooks.register("register_snippet_listing_buttons")
def offer_a_new_version(snippet, user, next_url=None):
    if isinstance(snippet, EvaluationForm) and user_can_edit_snippet_type(user, EvaluationForm):
        address = reverse("casestudies_new_version", args=[snippet.pk])
        yield Button("Ny version", address, icon_name="copy", priority=20)


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path(
            "utvarderingar/fragelista/<int:pk>/ny-version/",
            new_version,
            name="casestudies_new_version",
        )
    ]


@require_admin_access
def new_version(request, pk):
    """Asks first, then copies the list and opens the copy."""
    form = get_object_or_404(EvaluationForm, pk=pk)
    if not user_can_edit_snippet_type(request.user, EvaluationForm):
        return redirect("wagtailadmin_home")
    if request.method != "POST":
        return render(request, "casestudies/admin/new_version.html", {"form": form})
    made = form.new_version()
    messages.success(request, f"Version {made.version} finns nu. Gamla rapporter står kvar.")
    return redirect("wagtailsnippets_casestudies_evaluationform:edit", made.pk)
