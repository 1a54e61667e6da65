"""Rows of a file with interruptions."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from .. import codes
from . import pseudonyms, values
from .checks import RowCheck
from .copying import line
from .findings import Invalid
from .personal_numbers import PersonalNumber, hides_one, is_shaped_like_one, parse

AGES = range(13, 41)
_CONTRADICTS = "{} är ett annat än det som personnumret säger. Kolumnen gäller."
_ENDS = ("aterstart", "examensdatum")


@dataclass(frozen=True, slots=True)
class Student:
    pseudonym: bytes
    number: PersonalNumber | None


def student(value: str, source: str, today: date) -> Student:
    """Who ``elev`` means at a source, as a pseudonym."""
    number = parse(value, today)
    if number:
        return Student(pseudonyms.pseudonym_of_number(number), number)
    if is_shaped_like_one(value):
        raise Invalid(
            "check-digit",
            "Värdet ser ut som ett personnummer men kontrollsiffran eller datumet stämmer inte. "
            "Rätta numret.",
        )
    if hides_one(value):
        raise Invalid(
            "text-around",
            "Värdet innehåller ett personnummer men också annat. Skriv bara numret, med tio eller "
            "tolv siffror.",
        )
    return Student(pseudonyms.pseudonym_of_local_id(source, values.pupil_id(value)), None)


def read(check: RowCheck) -> tuple | None:
    """The record of a row, in the order of its staging table; None where it is wrong."""
    context = check.context
    local_id = check.take("avbrott_id", values.identifier)
    pupil = check.take("elev", student, context.source, context.today)
    check.forbid_copy("avbrott_id", pupil and pupil.number)
    sex, born = _sex(check, pupil), _birth_year(check, pupil)
    home = check.take("hemkommun", values.home, context)
    unit = check.take("skolenhet", values.school, context)
    path = check.take("program", values.study_path)
    grade = check.take("arskurs", values.grade)
    days = _days(check)
    reason = check.take("orsak", values.reason)
    activity = _activity(check)
    age = _age(check, born, days[0])
    if check.errors:
        return None
    study_path, programme = path
    told = (sex, born, home, unit, study_path, programme.code, programme.type, grade, *days, reason)
    return (
        check.row.number,
        local_id,
        pupil.pseudonym,
        pseudonyms.record_key(f"{context.source}|{local_id}"),
        pseudonyms.person_key(pupil.pseudonym),
        *told,
        codes.school_year(days[0]),
        age,
        content_hash(pupil.pseudonym, line(told), line(activity)),
        *activity,
    )


def key(check: RowCheck) -> str | None:
    """What a row is about: the interruption's id at the source."""
    found = check.right("avbrott_id")
    return found and found[0]


def content_hash(pseudonym: bytes, told: str, activity: str) -> bytes:
    """Equal for equal content: what tells an unchanged row from a changed one."""
    return blake2b(f"{told}\n{activity}".encode(), digest_size=16, key=pseudonym).digest()


def _sex(check: RowCheck, pupil: Student | None) -> str | None:
    told = pupil.number.sex if pupil and pupil.number else None
    if told and not check.has("kon"):
        return told
    if pupil is None and not check.has("kon"):
        return None  # the wrong elev is told already
    sex = check.take("kon", values.sex)
    if told and sex and sex != told:
        check.warn("kon", "contradicts-number", _CONTRADICTS.format("Könet"))
    return sex


def _birth_year(check: RowCheck, pupil: Student | None) -> int | None:
    told = pupil.number.birth_year if pupil and pupil.number else None
    if told and not check.has("fodelsear"):
        return told
    if pupil is None and not check.has("fodelsear"):
        return None
    born = check.take("fodelsear", values.birth_year)
    if told and born and born != told:
        check.warn("fodelsear", "contradicts-number", _CONTRADICTS.format("Födelseåret"))
    return born


def _days(check: RowCheck) -> tuple[date | None, date | None, date | None]:
    today = check.context.today
    if not check.has("avbrottsdatum"):
        check.take("avbrottsdatum", values.needed, "dagen då avbrottet började")
    began = check.take("avbrottsdatum", values.past_day, today)
    ends = [check.take(name, values.optional_past_day, today) for name in _ENDS]
    for name, end in zip(_ENDS, ends, strict=True):
        if began and end and end < began:
            check.wrong(
                name,
                "before-start",
                f'"{end}" är före avbrottsdatum, {began}. Dagen ska vara samma dag eller senare.',
                str(end),
            )
    return began, *ends


def _activity(check: RowCheck) -> tuple[str | None, date | None]:
    """The activity that the row tells with its day; (None, None) where it tells none."""
    code = check.take("aktivitet", values.activity)
    seen = check.take("aktivitet_datum", values.optional_past_day, check.context.today)
    if seen:
        return code, seen
    if code and code != codes.UNKNOWN_ACTIVITY:
        check.take("aktivitet_datum", values.needed, "dagen då aktiviteten gällde")
    return None, None


def _age(check: RowCheck, born: int | None, began: date | None) -> int | None:
    if born is None or began is None:
        return None
    age = began.year - born
    if age not in AGES:
        check.wrong(
            "fodelsear",
            "impossible-age",
            f"Eleven skulle vara {age} år när avbrottet började. Kontrollera födelseår och "
            "avbrottsdatum.",
            str(born),
        )
    return age
