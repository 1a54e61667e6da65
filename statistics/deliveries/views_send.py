"""The pages for sending in a file, and for the blank files to begin with."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from .. import rights
from ..access import staff_only
from ..ingestion import originals
from ..ingestion.reader import MAX_BYTES, TOO_LARGE
from . import blank_files, steps
from .columns import ABOUT, COLUMNS, SLUGS, TITLES
from .uploads import END_FIELD, MOST_DRAINED, SealingHandler

STAFF = {"url": "/personal/", "depth": 3, "title": "För personal"}
START = {"url": "/", "depth": 2, "title": "Start"}
SEND = {"url": "/personal/skicka-in/", "depth": 3, "title": "Skicka in uppgifter"}

CUT_OFF = (
    "Filen kom inte fram hel: anslutningen bröts på vägen. Ingenting är sparat. Skicka den igen."
)
NO_FILE = "Välj en fil att skicka in."
NO_SOURCE = "Välj vem du skickar in för."
EMPTY = "Filen är tom. Kontrollera att rätt fil är vald."


@csrf_exempt  # the body is looked at only after the upload handler is in place: see _receive
@staff_only(rights.may_send_something)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request):
    """The form, and what becomes of a file that comes by it."""
    if request.method != "POST":
        return _form(request, chosen=request.GET.get("kalla", ""))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_DRAINED:
        # Not read to its end: the answer may not reach the browser, but nothing is held up.
        return _form(request, [("fil", TOO_LARGE)], status=413)
    handler = SealingHandler(request)
    request.upload_handlers = [handler]
    return _receive(request, handler)


@csrf_protect
def _receive(request, handler):
    """The file is encrypted while it arrives; here it is whole, or the reason why it is not."""
    given = request.FILES.get("fil")
    wanted = request.POST.get("kalla", "")
    source = next((s for s in rights.sources_of(request.user) if s.code == wanted), None)
    errors, status = [], 400
    if handler.is_too_large:
        errors, status = [("fil", TOO_LARGE)], 413
    elif END_FIELD not in request.POST:
        errors = [("fil", CUT_OFF)]
    else:
        errors += [] if source else [("kalla", NO_SOURCE)]
        if given is None:
            errors.append(("fil", NO_FILE))
        elif not given.size:
            errors.append(("fil", EMPTY))
    if errors:
        handler.discard()
        return _form(request, errors, wanted, status)
    original = originals.note(given.sealed, given.name, source, request.user)
    return redirect("deliveries:delivery", steps.receive(original, request.user).pk)


def _form(request, errors=(), chosen="", status=200):
    sources = list(rights.sources_of(request.user))
    return render(
        request,
        "statistics/staff/send.html",
        {
            "breadcrumbs": [START, STAFF],
            "breadcrumb_title": "Skicka in uppgifter",
            "sources": sources,
            "chosen": chosen,
            "errors": errors,
            "most_bytes": MAX_BYTES,
            "most_words": f"{MAX_BYTES // 2**20} megabyte",
            "end_field": END_FIELD,
            "keep_days": min(settings.ORIGINALS_DAYS, originals.LONGEST_DAYS),
        },
        status=status,
    )


@require_safe
def blank_files_page(request):
    """Which files there are, what each column means, and where the values are to be found."""
    files = [
        {
            "slug": slug,
            "title": TITLES[kind],
            "about": ABOUT[kind],
            "columns": COLUMNS[kind],
        }
        for slug, kind in SLUGS.items()
    ]
    context = {
        "breadcrumbs": [START, STAFF, SEND],
        "breadcrumb_title": "Mallar",
        "files": files,
    }
    return render(request, "statistics/staff/blank_files.html", context)


_MAKERS = {
    "csv": (blank_files.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        blank_files.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@require_safe
def blank_file(request, slug, ending):
    """One blank file, for anybody: it holds code lists and no record."""
    if slug not in SLUGS:
        raise Http404
    make, content_type = _MAKERS[ending]
    response = HttpResponse(make(SLUGS[slug]), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="mall-{slug}.{ending}"'
    return response
