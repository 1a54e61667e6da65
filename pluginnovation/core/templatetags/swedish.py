"""Dates, numbers and marked-up text in Swedish form."""

from django import template
from django.utils.formats import date_format, number_format

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"


@register.filter
def number(value):
    """``12345`` as ``12 345``, with a space that does not break."""
    if value is None or value == "":
        return ""
    if type(value) is int and 0 <= value < 1000:
        return str(value)
    return number_format(value, force_grouping=True, use_l10n=True).replace(" ", NBSP)


@register.filter
def day(value):
    """A date as ``3 mars 2026``."""
    return date_format(value, "j F Y") if value else ""


@register.filter
def month(value):
    """A date as ``mars 2026``."""
    return date_format(value, "F Y") if value else ""


@register.filter
def duration(seconds):
    """Seconds as ``3 min 20 s`` for people."""
    minutes, rest = divmod(round(seconds or 0), 60)
    if not minutes:
        return f"{rest}{NBSP}s"
    return f"{minutes}{NBSP}min" + (f" {rest}{NBSP}s" if rest else "")
