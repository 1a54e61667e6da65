"""Wagtail's view of pages, told which site is asked for instead of looking it up every time."""

from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname
from wagtail.views import serve as serve_page

from .generation import kept_in_process


def serve(request, path):
    host, _ = split_domain_port(request.get_host())
    # Where Wagtail itself keeps the site of a request (``Site.find_for_request``).
    request._wagtail_site = site_at(host, request.get_port())
    return serve_page(request, path)


@kept_in_process(8)
def site_at(host: str, port: str) -> Site | None:
    """The site with its root page, the same objects for all requests of a generation."""
    try:
        return get_site_for_hostname(host, port)
    except Site.DoesNotExist:
        return None
