"""A PDF as the answer to a request."""

from django.http import HttpResponse

from .document import Document
from .render import render


def pdf_response(document: Document, name: str, **how) -> HttpResponse:
    """The document as a file called ``name`` (ASCII), shown where the browser can."""
    response = HttpResponse(render(document, **how), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
