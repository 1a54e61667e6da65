"""The evaluation below a case: ``utvardering/`` to read and ``utvardering/pdf/`` to print."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from casestudies.references import References
from knowledge.text import in_words
from pluginnovation.core.pdf import pdf_response


class EvaluationViews(RoutablePageMixin):
    """There are no such pages where there is no published report."""

    @cached_property
    def live_reports(self) -> list:
        reports = self.reports.filter(live=True).select_related("form", "document")
        return list(reports.order_by("pk"))

    @property
    def report_count_in_words(self) -> str:
        count = len(self.live_reports)
        return "en rapport" if count == 1 else f"{in_words(count)} rapporter"

    def references(self) -> References:
        """A new count of the source references, for one showing of the page."""
        return References(self._listed_sources)

    @cached_property
    def _listed_sources(self) -> list:
        return list(self.sources.all())

    @path("utvardering/", name="evaluation")
    def evaluation(self, request):
        from casestudies.evaluation import shown_reports

        self._need_reports()
        context = {
            "page": self,
            "self": self,
            "breadcrumbs": [*self.breadcrumbs(), self],
            "breadcrumb_title": "Utvärdering",
            "references": self.references(),
            "reports": shown_reports(self.live_reports),
        }
        return TemplateResponse(request, "casestudies/evaluation.html", context)

    @path("utvardering/pdf/", name="evaluation_pdf")
    def evaluation_pdf(self, request):
        from casestudies.report_document import evaluation_document

        self._need_reports()
        return pdf_response(evaluation_document(self), f"utvardering-{self.slug}")

    def _need_reports(self) -> None:
        if not self.live_reports:
            raise Http404
