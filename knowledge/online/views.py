"""Answering a questionnaire: the form, sending it, thanks. No cookie, no login, no script."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from knowledge.models import QuestionnaireAnswer, QuestionnairePage

from . import guards
from .fields import fields_of
from .forms import form_class

CLOSED = (
    "Enkäten stängde medan du svarade. Svaren är inte skickade, men de står kvar här så att du "
    "kan kopiera dem."
)


@csrf_exempt  # See guards: nothing here acts in anyone's name.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, way, respondent):
    """The form of one respondent's questions below the questionnaire at ``way``."""
    page = _questionnaire(request, way)
    questions = fields_of(page, respondent)
    if not questions:
        raise Http404
    form_type = form_class(questions)
    if request.method != "POST":
        form = form_type() if page.takes_answers else None
        return _show(request, page, respondent, questions, form)
    form = form_type(request.POST)
    wait, trouble = _trouble(request, page, respondent)
    if not trouble and form.is_valid():
        with guards.only_once(request.POST[guards.MARK]) as is_first:
            if is_first:
                QuestionnaireAnswer.objects.take(page, respondent, questions, form.cleaned_data)
        return redirect(f"{request.path}tack/")
    response = _show(request, page, respondent, questions, form, trouble, 429 if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@require_http_methods(["GET", "HEAD"])
def thanks(request, way, respondent):
    """What is said when the answers are in."""
    page = _questionnaire(request, way)
    if not fields_of(page, respondent):
        raise Http404
    context = _context(page, respondent) | {"breadcrumb_title": "Tack"}
    return TemplateResponse(request, "knowledge/answer_thanks.html", context)


def _trouble(request, page, respondent) -> tuple[int, str]:
    """Why the answers are not taken, and the seconds to wait where that is all there is to do."""
    if not page.takes_answers:
        return 0, CLOSED
    if wait := guards.too_many(request):
        return wait, guards.TOO_MANY
    return 0, guards.objection(request, page, respondent)


def _questionnaire(request, way) -> QuestionnairePage:
    """The live, public questionnaire at this address; nothing else is one."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    home = site.root_page.localized.specific
    page = home.route(request, way.split("/")).page
    is_it = isinstance(page, QuestionnairePage) and page.live
    # What a page answers below its own address, as its PDF, has no form.
    if not is_it or page.url_path != f"{home.url_path}{way}/":
        raise Http404
    if page.get_view_restrictions().exists():
        raise Http404
    return page


def _show(request, page, respondent, questions, form, trouble="", status=200):
    context = _context(page, respondent) | {
        "form": form,
        "trouble": trouble,
        "sections": _sections(questions, form) if form else [],
        "mark": guards.mark_for(page, respondent, request.POST.get(guards.MARK, "")),
        "mark_name": guards.MARK,
        "trap_name": guards.TRAP,
        "breadcrumb_title": "Svara",
    }
    if form is not None and form.is_bound and form.is_valid() is False:
        context["wrong"] = [form[name] for name in form.errors if name in form.fields]
    return TemplateResponse(request, "knowledge/answer.html", context, status=status)


def _context(page, respondent) -> dict:
    part = next(one.value for one in page.respondents if one.value["code"] == respondent)
    return {
        "page": page,
        "respondent": part,
        "breadcrumbs": [*page.breadcrumbs(), page],
    }


def _sections(questions, form) -> list[dict]:
    """The bound fields under the headings of their sections."""
    sections = []
    for number, question in enumerate(questions, start=1):
        if not sections or sections[-1]["heading"] != question.section:
            sections.append({"heading": question.section, "fields": []})
        sections[-1]["fields"].append(
            {"field": form[question.clean_name], "number": number, "is_text": question.is_text}
        )
    return sections
