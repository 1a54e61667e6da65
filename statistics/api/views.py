"""The endpoints. All answer anybody, from any origin, and to a browser's own copy with 304."""

import json
import re
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from .. import tables
from ..publication import Figures, newest, numbered
from . import catalogue, formats, openapi, problems, query
from .addresses import LANGUAGE
from .codelists import CODELISTS
from .dataset import as_json_stat
from .problems import Problem, listed, quoted

MAX_BODY = 100_000
MAX_PAGE = 100
# The description of a CSV (CSVW) has the address of the file with another format.
DESCRIPTION = "csv-metadata.json"
_CSVW = "application/csvm+json"
_AS_CSV = re.compile(r"(?<=[?&]outputFormat=)csv(?:-metadata\.json)?(?=&|$)")
_JSON = re.compile(r"application/(?:[\w.+-]+\+)?json", re.IGNORECASE)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES = {
    "csv": (formats.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (formats.as_xlsx, _XLSX),
    "px": (formats.as_px, "application/octet-stream"),
}


def endpoint(*methods: str):
    """A view of the API: problems as JSON, open to all origins, an ETag on every answer."""

    def decorate(view):
        @csrf_exempt
        @wraps(view)
        def answered(request, *arguments, **named):
            if request.method == "OPTIONS":
                return _open(HttpResponse(status=204), methods)
            try:
                if request.method not in (*methods, "HEAD"):
                    raise Problem(405, f"Här går det att använda {listed(methods)}.")
                _check_language(request)
                response = view(request, *arguments, **named)
            except Problem as problem:
                response = problems.answer(problem)
                if problem.status == 405:
                    response["Allow"] = ", ".join((*methods, "HEAD", "OPTIONS"))
            except TooManyFieldsSent:
                most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
                said = f"Frågan har fler än {most} parametrar."
                response = problems.answer(Problem(400, said))
            return _open(_conditional(request, response), methods)

        return answered

    return decorate


def _check_language(request) -> None:
    language = request.GET.get("lang", LANGUAGE)
    if language != LANGUAGE:
        raise Problem(400, f"Språket {quoted(language)} finns inte. Uppgifterna finns på sv.")


def _open(response, methods):
    """Open to pages of every origin; no cookie goes either way, so none can be misused."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join((*methods, "OPTIONS"))
    response["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, Content-Disposition"
    response["X-Robots-Tag"] = "noindex"
    return response


def _conditional(request, response):
    """With an ETag of its content; asked for again unchanged it is a 304 without a body."""
    if response.status_code != 200:
        return response
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return get_conditional_response(request, etag=etag, response=response)


def _json(content) -> JsonResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _figures(request) -> Figures:
    """The publication that is asked for, else the newest."""
    if "publicering" not in request.GET:
        figures = newest()
        if figures is None:
            raise Problem(404, "Inget är publicerat än.")
        return figures
    figures = numbered(_positive(request, "publicering", 1))
    if figures is None:
        raise Problem(404, "Publiceringen finns inte eller är indragen.")
    return figures


def _table(table_id: str) -> tables.Table:
    if table_id not in tables.TABLES:
        raise Problem(
            404, f"Tabellen {quoted(table_id)} finns inte. Tabellerna är {listed(tables.TABLES)}."
        )
    return tables.TABLES[table_id]


def _positive(request, name: str, default: int, most: int | None = None) -> int:
    text = request.GET.get(name, str(default))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    if number < 1 or (most and number > most):
        bound = f"1 till {most}" if most else "minst 1"
        raise Problem(400, f"{name} är ett heltal, {bound}.")
    return number


def _yes_or_no(request, name: str) -> None:
    if request.GET.get(name, "false") not in ("true", "false"):
        raise Problem(400, f"{name} är true eller false.")


@endpoint("GET")
def config(request):
    return _json(catalogue.config())


@endpoint("GET")
def description(request):
    return _json(openapi.document(_figures(request)))


@endpoint("GET")
def table_list(request):
    figures = _figures(request)
    _yes_or_no(request, "includeDiscontinued")
    found = catalogue.found_tables(request.GET.get("query", "")[:200])
    if "pastDays" in request.GET and _older(figures, _positive(request, "pastDays", 1)):
        found = []
    number = _positive(request, "pageNumber", 1)
    return _json(
        catalogue.page(figures, found, number, _positive(request, "pageSize", 20, MAX_PAGE))
    )


def _older(figures: Figures, days: int) -> bool:
    return (timezone.now() - figures.published_at).days >= days


@endpoint("GET")
def table(request, table_id):
    entry = catalogue.entry(_figures(request), _table(table_id))
    return _json({"language": LANGUAGE, **entry})


@endpoint("GET")
def metadata(request, table_id):
    return _json(catalogue.metadata(_figures(request), _table(table_id)))


@endpoint("GET")
def default_selection(request, table_id):
    return _json(catalogue.selection(_figures(request), _table(table_id)))


@endpoint("GET")
def codelist(request, codelist_id):
    if codelist_id not in CODELISTS:
        raise Problem(
            404, f"Kodlistan {quoted(codelist_id)} finns inte. Listorna är {listed(CODELISTS)}."
        )
    return _json(catalogue.codelist(CODELISTS[codelist_id]))


@endpoint("GET", "POST")
def data(request, table_id):
    found, figures = _table(table_id), _figures(request)
    ending, options = _format(request)
    if request.method == "POST":
        question = query.from_body(figures, found, _body(request))
    else:
        question = query.from_parameters(figures, found, request.GET)
    if ending == "json-stat2":
        return _json(as_json_stat(figures, question))
    if ending == DESCRIPTION:
        content = formats.as_csvw(figures, question, options, _address_of(request, "csv"))
        return JsonResponse(content, content_type=_CSVW, json_dumps_params={"ensure_ascii": False})
    write, content_type = _FILES[ending]
    response = HttpResponse(write(figures, question, options), content_type=content_type)
    mark = "-syntetisk" if figures.synthetic else ""
    name = f"{found.id}-publicering-{figures.number}{mark}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if ending == "csv" and request.method != "POST":
        described = _address_of(request, DESCRIPTION)
        response["Link"] = f'<{described}>; rel="describedby"; type="{_CSVW}"'
    return response


def _address_of(request, ending: str) -> str:
    """The whole address that was asked for, with another format."""
    return settings.SITE_URL + _AS_CSV.sub(ending, request.get_full_path())


def _format(request) -> tuple[str, set[str]]:
    ending = request.GET.get("outputFormat", catalogue.FORMATS[0])
    known = catalogue.FORMATS if request.method == "POST" else (*catalogue.FORMATS, DESCRIPTION)
    if ending not in known:
        raise Problem(400, f"Formatet {quoted(ending)} finns inte. Välj {listed(known)}.")
    options = set()
    for text in request.GET.getlist("outputFormatParams"):
        options.update(text.split(","))
    if unknown := options - set(formats.PARAMETERS):
        raise Problem(
            400,
            f"{quoted(min(unknown))} är inget val för filen. Valen är "
            f"{', '.join(formats.PARAMETERS)}.",
        )
    return ending, options


def _body(request):
    """The JSON of a question by POST; without a body it is the empty one."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        raise Problem(400, "Content-Length är inget tal.") from None
    if length > MAX_BODY:
        raise Problem(413, f"Frågan är längre än {MAX_BODY} byte.")
    try:
        body = request.body
    except UnreadablePostError:
        raise Problem(400, "Frågan kom inte fram hel.") from None
    if not body:
        return {}
    if not _JSON.fullmatch(request.content_type or "application/json"):
        raise Problem(415, "Skicka frågan som JSON, med Content-Type: application/json.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "Frågan är inte giltig JSON.") from None


@endpoint("GET")
def start(request):
    """Those who open the API's own address are shown what it holds and how to ask."""
    return redirect(f"{reverse('statistics:data')}#api")


@endpoint("GET", "POST")
def unknown(request, rest):
    """Whatever else lies below the API: an answer of its own kind, not a page."""
    known = "config, openapi.json, tables och codelists"
    raise Problem(404, f"Adressen finns inte. Det som finns är {known}, utan snedstreck sist.")


@endpoint("GET", "POST")
def elsewhere(request, rest):
    """An address beside this version of the API: a program has asked, and is told where it is."""
    raise Problem(404, "Adressen finns inte. API:t är /statistik/api/v2/, se openapi.json.")
