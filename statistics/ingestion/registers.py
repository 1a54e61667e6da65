"""Rows of files with school units and with numbers of students."""

from . import values
from .checks import RowCheck

_BEFORE = '"{}" är före från-datumet, {}. Dagen ska vara samma dag eller senare.'


def read_school_unit(check: RowCheck) -> tuple | None:
    """The record of a row, in the order of ``tables.SCHOOL_UNITS``; None where it is wrong."""
    record = (
        check.row.number,
        check.take("skolenhet", values.own_unit, check.context),
        check.take("namn", values.text, "skolenhetens namn"),
        check.take("kommun", values.home, check.context),
        check.take("huvudman", values.text, "huvudmannens namn"),
        check.take("program", values.programmes),
        check.take("fran", values.year_or_day, False),
        check.take("till", values.year_or_day, True),
    )
    opened, closed = record[-2:]
    if opened and closed and closed < opened:
        check.wrong("till", "before-start", _BEFORE.format(closed, opened), str(closed))
    return None if check.errors else record


def read_students(check: RowCheck) -> tuple | None:
    """The record of a row, in the order of ``tables.STUDENTS``; None where it is wrong."""
    year = check.take("lasar", values.school_year)
    unit = check.take("skolenhet", values.school, check.context)
    home = check.take("hemkommun", values.home, check.context)
    path = check.take("program", values.study_path)
    sex = check.take("kon", values.sex)
    students = check.take("elever", values.number)
    if check.errors:
        return None
    study_path, programme = path
    return (check.row.number, year, unit, home, study_path, sex, programme.code, students)


def key_of_school_unit(check: RowCheck) -> str | None:
    found = check.right("skolenhet")
    return found and found[0]


def key_of_students(check: RowCheck) -> str | None:
    """School year, school unit, home municipality, study path and sex."""
    found = check.right("lasar", "skolenhet", "hemkommun", "program", "kon")
    if found is None:
        return None
    year, unit, home, (study_path, _), sex = found
    return "|".join((year, unit, home, study_path, sex))
