"""The short way for rows of interruptions in which nothing is out of the ordinary.

A file has a million rows, but few different days, codes and places: each is read once, by the
functions that read every row (``values``), and then looked up. Whatever is wrong, missing,
contradictory or merely unusual makes this way give None, and the row goes the long way
(``interruptions.read``), which alone tells what is wrong. A test holds that where this way
gives a line it is the one that the long way gives.
"""

from collections.abc import Callable

from .. import codes
from . import pseudonyms, text_files, values
from .checks import Context
from .copying import NULL, binary, escaped, line, text
from .findings import Invalid
from .interruptions import AGES, content_hash, student
from .personal_numbers import hides_one, is_shaped_like_one, repeats
from .reader import MAX_CELL, Record, Table
from .workbooks import ERROR_CELL

# So many different values are remembered of each column.
REMEMBERED = 20_000
OPTIONAL = ("kon", "fodelsear", "arskurs", "aterstart", "examensdatum", "aktivitet",
            "aktivitet_datum", "orsak")  # fmt: skip
NEEDED = ("avbrott_id", "elev", "hemkommun", "skolenhet", "program", "avbrottsdatum")


class Remembered(dict):
    """Cell -> what it was read as. Raises Invalid for every cell that is out of the ordinary."""

    def __init__(self, read: Callable[[str], object]):
        self.read = read

    def __missing__(self, cell: str):
        value = cell.strip()
        if is_shaped_like_one(value) or value == ERROR_CELL or len(cell) > MAX_CELL:
            raise Invalid("", "")
        found = self.read(value)
        if len(self) < REMEMBERED:
            self[cell] = found
        return found


def reader_of(table: Table, context: Context) -> Callable[[Record], str | None]:
    """What gives the line of a record for COPY, or None where it must go the long way."""
    width = table.layout.width
    at = {column.name: column.position for column in table.layout.columns}
    # A column that is not in the file stands behind the others and is empty.
    places = {name: at.get(name, width) for name in (*NEEDED, *OPTIONAL)}
    unread = [position for position in range(width) if position not in at.values()]
    source, today = context.source, context.today
    own_ids = f"{source}|"
    (id_at, elev_at, home_at, unit_at, path_at, began_at) = (places[name] for name in NEEDED)
    (sex_at, born_at, grade_at, back_at, done_at, code_at, seen_at, reason_at) = (
        places[name] for name in OPTIONAL
    )
    sexes = Remembered(lambda value: value and values.sex(value))
    births = Remembered(lambda value: value and values.birth_year(value))
    homes = Remembered(lambda value: values.home(value, context))
    units = Remembered(lambda value: values.school(value, context))
    paths = Remembered(_path)
    grades = Remembered(lambda value: text(values.grade(value)))
    starts = Remembered(lambda value: _start(values.past_day(value, today)))
    ends = Remembered(lambda value: text(values.optional_past_day(value, today)))
    activities = Remembered(values.activity)
    reasons = Remembered(lambda value: text(values.reason(value)))
    others = Remembered(lambda value: None)

    def plain(record: Record) -> str | None:
        number, cells = record
        if len(cells) > width or cells[-1] == text_files.CUT_OFF:
            return None
        cells = [*cells, *[""] * (width + 1 - len(cells))]
        try:
            local_id = values.identifier(cells[id_at].strip())
            pupil = student(cells[elev_at].strip(), source, today)
            sex, born = sexes[cells[sex_at]], births[cells[born_at]]
            began, year, school_year = starts[cells[began_at]]
            back, done = ends[cells[back_at]], ends[cells[done_at]]
            code, seen = activities[cells[code_at]], ends[cells[seen_at]]
            told = (
                f"{homes[cells[home_at]]}\t{units[cells[unit_at]]}\t{paths[cells[path_at]]}\t"
                f"{grades[cells[grade_at]]}\t{began}\t{back}\t{done}\t{reasons[cells[reason_at]]}"
            )
            for position in unread:
                others[cells[position]]
        except Invalid:
            return None
        own = pupil.number
        if own:
            sex, born = sex or own.sex, born or own.birth_year
            if sex != own.sex or born != own.birth_year or repeats(local_id, own):
                return None
        if is_shaped_like_one(local_id) or hides_one(local_id) or local_id == ERROR_CELL:
            return None
        if not sex or not born or year - born not in AGES or cells[elev_at] == ERROR_CELL:
            return None
        if (back != NULL and back < began) or (done != NULL and done < began):
            return None
        if seen == NULL:
            if code != codes.UNKNOWN_ACTIVITY:
                return None
            code = NULL
        told, activity = f"{sex}\t{born}\t{told}", f"{code}\t{seen}"
        pseudonym = pupil.pseudonym
        escaped_id = escaped(local_id) if "\\" in local_id else local_id
        return (
            f"{number}\t{escaped_id}\t{binary(pseudonym)}\t"
            f"{pseudonyms.record_key(own_ids + local_id)}\t{pseudonyms.person_key(pseudonym)}\t"
            f"{told}\t{school_year}\t{year - born}\t"
            f"{binary(content_hash(pseudonym, told, activity))}\t{activity}"
        )

    return plain


def _path(value: str) -> str:
    path, programme = values.study_path(value)
    return line((path, programme.code, programme.type))


def _start(day) -> tuple[str, int, str]:
    return text(day), day.year, codes.school_year(day)
