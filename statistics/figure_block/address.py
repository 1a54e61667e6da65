"""A pasted address of the dashboard -> the block's fields."""

from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.urls import reverse

from ..selection import LABELS, joined
from .shown import TITLES

_HINT = "Gå till /statistik/, gör urvalet och kopiera adressen i webbläsarens adressfält."
_ONE = ("perspektiv", "kon", "programtyp", "publicering")
# What the dashboard can be asked for and the block has no field for.
_BEYOND = ("alder", "program", "skolenhet")


class NotAnAddress(ValueError):
    """The text is not an address of the dashboard; its words say what would be."""


def fields_of(address: str) -> dict:
    """What the address names, as the block's fields have it. What it does not name is left out."""
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query, max_num_fields=60)
    except ValueError as error:
        raise NotAnAddress(f"Det där är ingen adress. {_HINT}") from error
    ours = urlsplit(settings.SITE_URL).netloc
    if parts.netloc not in ("", ours):
        raise NotAnAddress(f"Adressen leder till en annan webbplats än {ours}. {_HINT}")
    if parts.path != reverse("statistics:dashboard"):
        raise NotAnAddress(f"Adressen leder inte till statistikens siffror. {_HINT}")
    if beyond := [LABELS[name] for name in _BEYOND if asked.get(name)]:
        raise NotAnAddress(
            f"Blocket kan inte visa ett urval av {joined(beyond)}. Ta bort det i urvalet på"
            " /statistik/ och kopiera adressen igen."
        )
    fields = {"lasar": ", ".join(asked.get("lasar", [])), "kommun": asked.get("kommun", [])}
    fields |= {name: _only(name, asked[name]) for name in _ONE if asked.get(name)}
    if parts.fragment in TITLES:
        fields["figure"] = parts.fragment
    return fields


def _only(name, values):
    values = list(dict.fromkeys(values))
    if len(values) > 1:
        raise NotAnAddress(f"Adressen har flera värden för {name}. Blocket visar ett: välj ett.")
    if name == "publicering":
        if not (values[0].isascii() and values[0].isdigit() and len(values[0]) < 7):
            raise NotAnAddress("Publiceringen i adressen är inget nummer.")
        return int(values[0])
    return values[0]
