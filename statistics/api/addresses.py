"""Whole addresses of the API, and the links between its answers."""

from datetime import UTC

from django.conf import settings
from django.urls import reverse

from ..publication import Figures

LANGUAGE = "sv"
SOURCE = "PlugInnovation, statistik över studieavbrott i Göteborgsregionen"
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"


def href(name: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(f"statistics:{name}", args=arguments)


def link(rel: str, address: str) -> dict:
    return {"rel": rel, "hreflang": LANGUAGE, "href": address}


def moment(figures: Figures) -> str:
    """When the figures were published, in UTC: ``2026-11-24T08:00:00Z``."""
    return figures.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
