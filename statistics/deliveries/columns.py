"""What a person needs to know of each column: for the blank files and for the page about them.

The columns themselves, in the order of a blank file, stand in ``columns.csv``.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from ..ingestion.headers import KINDS


@dataclass(frozen=True, slots=True)
class Column:
    """``needed`` is a word or two; ``choices`` names the code list of a drop-down, if any."""

    name: str
    needed: str
    meaning: str
    example: str
    choices: str
    is_day: bool


def _read() -> dict[str, tuple[Column, ...]]:
    columns: dict[str, list[Column]] = {kind: [] for kind in KINDS}
    with (Path(__file__).parent / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            kind, is_day = row.pop("file"), row.pop("is_day") == "yes"
            columns[kind].append(Column(**row, is_day=is_day))
    return {kind: tuple(listed) for kind, listed in columns.items()}


COLUMNS = _read()

# The part of an address that names a kind of file, and what a page calls the file.
SLUGS = {
    "avbrott": "interruptions",
    "aktiviteter": "activities",
    "elever": "students",
    "skolenheter": "school_units",
}
TITLES = {
    "interruptions": "Studieavbrott",
    "activities": "Aktiviteter",
    "students": "Antal elever",
    "school_units": "Skolenheter",
}
ABOUT = {
    "interruptions": "En rad för varje studieavbrott. Den enda filen som behövs.",
    "activities": "En rad för varje gång ni har tagit reda på vad en elev gör efter avbrottet.",
    "students": "Inskrivna elever den 15 oktober, så att avbrotten kan visas per 100 elever.",
    "school_units": "Registret över skolenheter. Skickas av regionen.",
}


def names(kind: str) -> list[str]:
    return [column.name for column in COLUMNS[kind]]
