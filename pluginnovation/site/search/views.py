from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pluginnovation.core.context import MAIN_MENU
from pluginnovation.watching.scrub import may_hold_a_number

from . import questions, results, spelling

EXAMPLES = ("närvaro", "mentor", "övergång", "samtal", "introduktionsprogram")
NO_NUMBERS = (
    "Det du skrev ser ut som ett personnummer, och är varken sökt på eller sparat. "
    "Sök aldrig på personnummer."
)
SECTIONS = [section for section in MAIN_MENU if section[0] != "/sok/"]


@require_safe
def search(request: HttpRequest):
    """The search page: at most four queries, whatever is asked and however much is found."""
    typed = request.GET.get("q", "")
    is_a_person = may_hold_a_number(typed)
    question = questions.parse("" if is_a_person else typed)
    typed_kind = request.GET.get("typ", "")[:60]
    typed_page = request.GET.get("sida", "")[:20]
    answer = results.answer(question, typed_kind, _page_number(typed_page))
    context = {
        "question": question,
        "answer": answer,
        "notices": [NO_NUMBERS] * is_a_person + list(_notices(answer, typed_kind, typed_page)),
        "kinds": _kind_links(answer),
        "previous_url": _url(answer, page=answer.page - 1) if answer.page > 1 else "",
        "next_url": _url(answer, page=answer.page + 1) if answer.page < answer.pages else "",
        "examples": EXAMPLES,
        "sections": SECTIONS,
        "breadcrumbs": [{"url": "/", "depth": 2}],
        "breadcrumb_title": "Sök",
    }
    if question and not answer.total:
        context["suggestion"] = spelling.suggestion(question)
    return render(request, "pages/search.html", context)


def _page_number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() else 1


def _notices(answer, typed_kind: str, typed_page: str):
    """A sentence for each part of the address that was left out."""
    if answer.question.cut:
        yield (
            f"Frågan var lång. Sökningen tog bara med de första {questions.MOST_PARTS} orden "
            f"av högst {questions.LONGEST_QUESTION} tecken."
        )
    if typed_kind and not answer.kind and answer.kinds:
        yield "Det finns inga träffar av det slag som adressen anger. Här är alla träffar."
    if typed_page and typed_page != str(answer.page) and answer.kinds:
        yield "Sidan som adressen anger finns inte. Här är den första."


def _kind_links(answer) -> list[dict]:
    """All kinds together, then each with its count; the chosen one is marked."""
    everything = {"name": "Alla", "count": sum(kind.count for kind in answer.kinds), "code": ""}
    each = [{"name": kind.name, "count": kind.count, "code": kind.code} for kind in answer.kinds]
    chosen = answer.kind.code if answer.kind else ""
    return [
        link | {"url": _url(answer, kind=link["code"]), "current": link["code"] == chosen}
        for link in [everything, *each]
    ]


def _url(answer, kind: str | None = None, page: int = 1) -> str:
    """The address of the same question with another kind or page."""
    code = (answer.kind.code if answer.kind else "") if kind is None else kind
    parameters = {"q": answer.question.text, "typ": code, "sida": page if page > 1 else ""}
    return "?" + urlencode({name: value for name, value in parameters.items() if value})
