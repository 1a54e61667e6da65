"""The editors' reports: what is to be read again, which links are broken, what is missing."""

from datetime import timedelta

import django_filters
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import PageReportView, ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from pluginnovation.site.models.review import PageFinding, Survey

from .due import editable_by, overdue, with_review_date
from .survey import look_at_all

KIND = "content_type.model_class._meta.verbose_name.title"


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class DueFilter(WagtailFilterSet):
    """The report opens with what is overdue."""

    DAYS = {"30": 30, "90": 90}
    when = django_filters.ChoiceFilter(
        label="När",
        empty_label="Har gått ut",
        choices=[
            ("30", "Går ut inom 30 dagar"),
            ("90", "Går ut inom 90 dagar"),
            ("utan", "Har inget datum"),
        ],
        method="in_time",
    )

    class Meta:
        model = Page
        fields = ["when"]

    def in_time(self, pages, name, value):
        if value == "utan":
            return pages.filter(review_date=None)
        today = timezone.localdate()
        return pages.filter(review_date__range=(today, today + timedelta(self.DAYS[value])))


class OverdueReport(PageReportView):
    page_title = "Att granska igen"
    header_icon = "time"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "report_overdue"
    index_results_url_name = "report_overdue_results"
    filterset_class = DueFilter
    any_permission_required = ["add", "change", "publish"]
    no_results_message = "Ingen publicerad sida har passerat sitt datum."
    columns = [
        TitleColumn("title", label="Sida", get_url=edit_url),
        Column("kind", label="Slag", accessor=lambda page: page.page_type_display_name),
        DateColumn("review_date", label="Granska senast"),
        DateColumn("last_published_at", label="Senast publicerad"),
    ]
    list_export = ["title", KIND, "review_date", "last_published_at", "full_url"]
    export_headings = {
        "title": "Sida",
        KIND: "Slag",
        "review_date": "Granska senast",
        "last_published_at": "Senast publicerad",
        "full_url": "Adress",
    }

    def get_filename(self):
        return "att-granska-igen"

    def get_queryset(self):
        if self.request.GET.get("when"):
            pages = with_review_date(editable_by(self.request.user).filter(live=True))
            self.queryset = pages.order_by("review_date", "title")
        else:
            self.queryset = overdue(self.request.user)
        return super().get_queryset()


class FindingFilter(WagtailFilterSet):
    class Meta:
        model = PageFinding
        fields = ["code"]


class FindingsReport(ReportView):
    """What the last look at the published pages found, of some kinds."""

    model = PageFinding
    template_name = "site/admin/findings_report.html"
    any_permission_required = ["add", "change", "publish"]
    codes: tuple[str, ...] = ()
    columns = [
        TitleColumn(
            "page", label="Sida", accessor="page.title", get_url=lambda row: edit_url(row.page)
        ),
        Column("code", label="Brist", accessor="get_code_display"),
        Column("text", label="Vad som är fel"),
        Column("target", label="Länk eller fil"),
        DateColumn("checked_at", label="Kontrollerad"),
    ]
    list_export = [
        "page.title",
        "page.full_url",
        "get_code_display",
        "text",
        "target",
        "checked_at",
    ]
    export_headings = {
        "page.title": "Sida",
        "page.full_url": "Adress",
        "get_code_display": "Brist",
        "text": "Vad som är fel",
        "target": "Länk eller fil",
        "checked_at": "Kontrollerad",
    }

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Page)

    def get_queryset(self):
        findings = PageFinding.objects.filter(code__in=self.codes).select_related("page")
        self.queryset = findings.order_by("page__title", "code", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        survey = Survey.objects.last()
        context = super().get_context_data(**kwargs) | {"survey": survey}
        return context if survey else context | {"no_results_message": ""}


class BrokenLinksReport(FindingsReport):
    page_title = "Brutna länkar"
    header_icon = "link"
    index_url_name = "report_links"
    index_results_url_name = "report_links_results"
    codes = PageFinding.LINKS
    no_results_message = "Kontrollen har inte hittat någon bruten länk."

    def get_filename(self):
        return "brutna-lankar"


class ShortcomingsReport(FindingsReport):
    page_title = "Saknade texter"
    header_icon = "warning"
    index_url_name = "report_shortcomings"
    index_results_url_name = "report_shortcomings_results"
    filterset_class = FindingFilter
    codes = tuple(code for code in PageFinding.Code if code not in PageFinding.LINKS)
    no_results_message = (
        "Kontrollen har inte hittat någon sida som saknar alternativtext, textning, utskrift, "
        "sammanfattning eller länktext."
    )

    def get_filename(self):
        return "saknade-texter"


REPORTS = {
    "att-granska": OverdueReport,
    "lankar": BrokenLinksReport,
    "saknade-texter": ShortcomingsReport,
}


@require_POST
def check_now(request):
    """Look at all pages anew, in the background."""
    if user_has_any_page_permission(request.user):
        look_at_all.enqueue()
        messages.success(
            request, "Kontrollen har startat. Ladda om sidan om någon minut för att se resultatet."
        )
    return redirect("report_links" if "lankar" in request.POST else "report_shortcomings")


def urls() -> list:
    made = [path("rapporter/kontrollera/", check_now, name="check_pages_now")]
    for address, view in REPORTS.items():
        results = view.as_view(results_only=True)
        made += [
            path(f"rapporter/{address}/", view.as_view(), name=view.index_url_name),
            path(f"rapporter/{address}/resultat/", results, name=view.index_results_url_name),
        ]
    return made


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return user_has_any_page_permission(request.user)


def menu_items() -> list[MenuItem]:
    return [
        ReportMenuItem(
            view.page_title,
            reverse(view.index_url_name),
            name=view.index_url_name.replace("_", "-"),
            icon_name=view.header_icon,
            order=100 + number,
        )
        for number, view in enumerate(REPORTS.values())
    ]
