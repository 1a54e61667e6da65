"""Puts the texts of ``help_texts.yaml`` under the fields of the editors' forms.

They stand in one file so that an editor can read and mend them all. What a field or a panel
says itself goes before.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from wagtail.admin.panels import FieldPanel, InlinePanel, PanelGroup

TEXTS = Path(__file__).with_suffix(".yaml")


def apply() -> None:
    """To be called once, before the first form is made."""
    for model in edited_models():
        for owner, name, panel in panels_of(model):
            if not help_of(owner, name, panel):
                panel.help_text = text_for(owner, name)


def edited_models() -> list[type]:
    """The pages, snippets and rows of the site's own rooms."""
    rooms = {"core", "knowledge", "casestudies", "site"}
    models = [model for model in apps.get_models() if model._meta.app_label in rooms]
    return [m for m in models if hasattr(m, "panels") or hasattr(m, "content_panels")]


def panels_of(model) -> Iterator[tuple]:
    """``(model, field, panel)`` for each field of the form and of the rows in it."""
    own = getattr(model, "content_panels", None) or getattr(model, "panels", [])
    yield from _below(model, own)


def _below(model, panels) -> Iterator[tuple]:
    for panel in panels:
        if isinstance(panel, InlinePanel):
            rows = model._meta.get_field(panel.relation_name).related_model
            yield model, panel.relation_name, panel
            yield from _below(rows, panel.panels or getattr(rows, "panels", []))
        elif isinstance(panel, PanelGroup):
            yield from _below(model, panel.children)
        elif isinstance(panel, FieldPanel):
            yield model, panel.field_name, panel


def help_of(model, name: str, panel) -> str:
    """What is shown under the field now."""
    try:
        own = getattr(model._meta.get_field(name), "help_text", "")
    except FieldDoesNotExist:
        own = ""
    return str(panel.help_text or own)


@cache
def _texts() -> dict[str, dict[str, str]]:
    return yaml.safe_load(TEXTS.read_text(encoding="utf-8"))


def text_for(model, name: str) -> str:
    """The text for a field of a model, or of one that it builds on; empty where there is none."""
    for each in model.__mro__:
        label = getattr(getattr(each, "_meta", None), "label", "")
        if text := _texts().get(label, {}).get(name):
            return " ".join(text.split())
    return ""
