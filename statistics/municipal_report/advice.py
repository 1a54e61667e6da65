"""Where the report points for help: to pages that the statistics do not know, by a setting.

``MUNICIPAL_REPORT_ADVICE`` is the dotted name of a function without arguments that gives
``Advice`` in the order in which it is to stand; empty where there is nobody to ask.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Advice:
    """A page that may help: its title, what it is about, its address from the root."""

    title: str
    text: str
    url: str


def advice() -> list[Advice]:
    name = settings.MUNICIPAL_REPORT_ADVICE
    if not name:
        return []
    return [Advice(title, text, url) for title, text, url in import_string(name)()]
