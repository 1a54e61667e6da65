"""The short way for rows of activities in which nothing is out of the ordinary.

As ``plain_rows`` for interruptions: None sends the row the long way (``activities.read``).
"""

from collections.abc import Callable

from . import text_files, values
from .checks import Context
from .copying import NULL, binary, escaped, text
from .findings import Invalid
from .interruptions import student
from .personal_numbers import hides_one, is_shaped_like_one, repeats
from .plain_rows import Remembered
from .reader import MAX_CELL, Record, Table
from .workbooks import ERROR_CELL

COLUMNS = ("elev", "avbrott_id", "kalla", "datum", "aktivitet")


def reader_of(table: Table, context: Context) -> Callable[[Record], str | None]:
    """What gives the line of a record for COPY, or None where it must go the long way."""
    width = table.layout.width
    at = {column.name: column.position for column in table.layout.columns}
    # A column that is not in the file stands behind the others and is empty.
    elev_at, id_at, owner_at, seen_at, code_at = (at.get(name, width) for name in COLUMNS)
    unread = [position for position in range(width) if position not in at.values()]
    today = context.today
    days = Remembered(lambda value: text(values.past_day(value, today)))
    activities = Remembered(values.activity)
    owners = Remembered(lambda value: _owner(value, context))
    others = Remembered(lambda value: None)

    def plain(record: Record) -> str | None:
        number, cells = record
        if len(cells) > width or cells[-1] == text_files.CUT_OFF:
            return None
        cells = [*cells, *[""] * (width + 1 - len(cells))]
        local_id, elev = cells[id_at].strip(), cells[elev_at].strip()
        if elev == ERROR_CELL or len(cells[elev_at]) > MAX_CELL:
            return None
        try:
            code, owner = owners[cells[owner_at]]
            told = f"{days[cells[seen_at]]}\t{activities[cells[code_at]]}"
            for position in unread:
                others[cells[position]]
            # Both may be there; the id says what the row is about, and elev must be right.
            pupil = student(elev, code, today) if elev or not local_id else None
            if not local_id:
                return f"{number}\t{binary(pupil.pseudonym)}\t{NULL}\t{NULL}\t{told}"
            values.identifier(local_id)
        except Invalid:
            return None
        if is_shaped_like_one(local_id) or hides_one(local_id) or local_id == ERROR_CELL:
            return None
        if pupil and pupil.number and repeats(local_id, pupil.number):
            return None
        return f"{number}\t{NULL}\t{owner}\t{escaped(local_id)}\t{told}"

    return plain


def _owner(value: str, context: Context) -> tuple[str, int]:
    code = value or context.source
    if code not in context.sources:
        raise Invalid("", "")
    return code, context.sources[code]
