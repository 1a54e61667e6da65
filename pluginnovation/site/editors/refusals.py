"""What a page says against being published is told as a sentence, on whatever way it was tried."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """In the CMS, a refusal that no form showed leads back to where one was, with the reason.

    The CMS saves pages without a form when a review is approved or when several pages are
    published at once; there a page that may not be live would end in an error page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        home = reverse("wagtailadmin_home")
        if not isinstance(exception, ValidationError) or not request.path.startswith(home):
            return None
        logger.warning("Refused at %s: %s", request.path, exception, exc_info=exception)
        for sentence in exception.messages:
            messages.error(request, sentence)
        back = _back(request, home)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The CMS's dialogs go where this says.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)


def _back(request, home: str) -> str:
    came_from = request.headers.get("referer", "")
    safe = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if safe else home
