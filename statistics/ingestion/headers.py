"""The four kinds of files and their columns; which kind a header row belongs to."""

import unicodedata
from dataclasses import dataclass

from .findings import UnusableFile, shown


@dataclass(frozen=True)
class FileKind:
    """``needed`` columns must be there; of each group in ``one_of`` at least one."""

    code: str
    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.needed, *(name for group in self.one_of for name in group), *self.optional)

    def missing(self, columns) -> list[str]:
        lacking = [name for name in self.needed if name not in columns]
        lacking += [" eller ".join(group) for group in self.one_of if not set(group) & set(columns)]
        return lacking


KINDS = {
    kind.code: kind
    for kind in (
        FileKind(
            "interruptions",
            "avbrott",
            ("avbrott_id", "elev", "hemkommun", "skolenhet", "program", "avbrottsdatum"),
            (
                "kon",
                "fodelsear",
                "arskurs",
                "aterstart",
                "examensdatum",
                "aktivitet",
                "aktivitet_datum",
                "orsak",
            ),
        ),
        FileKind(
            "students",
            "elever",
            ("lasar", "skolenhet", "hemkommun", "program", "kon", "elever"),
        ),
        FileKind(
            "school_units",
            "skolenheter",
            ("skolenhet", "namn", "kommun", "huvudman", "program"),
            ("fran", "till"),
        ),
        FileKind(
            "activities",
            "aktiviteter",
            ("datum", "aktivitet"),
            ("kalla",),
            (("elev", "avbrott_id"),),
        ),
    )
}


def squashed(header: str) -> str:
    """A header without case, diacritics, spaces and signs: ``Avbrott-ID`` is avbrottid."""
    plain = unicodedata.normalize("NFKD", header.casefold())
    return "".join(char for char in plain if char.isalnum())


def _written_out(header: str) -> str:
    return header.replace("aa", "a").replace("ae", "a").replace("oe", "o")


_KNOWN = {squashed(name): name for kind in KINDS.values() for name in kind.columns}


def column_of(header: str) -> str | None:
    """The column that a header names, or None; å, ä and ö may also be aa, ae and oe."""
    key = squashed(header)
    return _KNOWN.get(key) or _KNOWN.get(_written_out(key))


def kind_of(headers: list[str]) -> FileKind:
    """The kind of file with such a header row.

    Where none fits, the error names what the nearest kind lacks.
    """
    columns = {column for header in headers if (column := column_of(header))}
    if not columns:
        raise UnusableFile(
            "Filens första rad har ingen av de rubriker som behövs. En fil med avbrott har "
            "rubrikerna " + ", ".join(KINDS["interruptions"].needed) + "."
        )
    complete = [kind for kind in KINDS.values() if not kind.missing(columns)]
    if complete:
        return complete[0]
    nearest = max(KINDS.values(), key=lambda kind: _likeness(kind, columns))
    lacking = nearest.missing(columns)
    word = "kolumnen" if len(lacking) == 1 else "kolumnerna"
    raise UnusableFile(
        f"Filen saknar {word} {', '.join(lacking)}, som behövs i en fil med {nearest.name}."
    )


def _likeness(kind: FileKind, columns: set[str]) -> tuple[int, int]:
    return len(columns & set(kind.columns)), -len(kind.missing(columns))


def layout(headers: list[str], kind: FileKind) -> tuple[list[str | None], list[str]]:
    """For each position its column (None for an unknown one), and the names of the unknown.

    A column that is there twice makes the file unusable: nobody can say which one holds.
    """
    columns = [column if (column := column_of(h)) in kind.columns else None for h in headers]
    for position, column in enumerate(columns):
        if column and column in columns[:position]:
            raise UnusableFile(f"Rubriken {column} står två gånger i filens första rad.")
    unknown = [
        shown(header.strip())
        for header, column in zip(headers, columns, strict=True)
        if column is None and header.strip()
    ]
    return columns, unknown
