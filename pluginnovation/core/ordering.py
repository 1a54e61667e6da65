"""Swedish order: å, ä and ö come last, in that order, whatever the database's collation.

The embedded PostgreSQL has no ICU collations, and a server's own may be any. The order is made
of the letters alone: å, ä and ö become the three characters that follow z in ASCII, letters
with other marks become their plain ones, and quotation marks at the beginning do not count.
"""

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Lower

LETTERS = str.maketrans(
    "ÅåÄäÆæÖöØøÉéÈèÊêËëÁáÀàÂâÃãÇçĆćČčÍíÌìÎîÏïÑñÓóÒòÔôÕõŠšÚúÙùÛûÜüÝýŽž",
    "{{||||}}}}eeeeeeeeaaaaaaaacccccciiiiiiiinnoooooooossuuuuuuyyyyzz",
)
UNCOUNTED = "\"'”“„‘’«»([ "
FROM = "".join(chr(code) for code in LETTERS)
TO = "".join(chr(code) for code in LETTERS.values())


def swedish_key(text: str) -> str:
    """What ``text`` is sorted by; the same as :func:`swedish` gives in the database."""
    return text.lower().translate(LETTERS).lstrip(UNCOUNTED)


def swedish(column: str) -> Func:
    """The values of ``column`` as they are sorted, for ``order_by``."""
    key = Func(
        Lower(F(column)), Value(FROM), Value(TO), function="translate", output_field=CharField()
    )
    bare = Func(key, Value(UNCOUNTED), function="ltrim", output_field=CharField())
    return Func(bare, template='%(expressions)s COLLATE "C"', output_field=CharField())
