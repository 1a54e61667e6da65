"""The four kinds of files and their columns; which kind a header row belongs to.

A header names a column by the sender's own mapping, by its own name, or by a synonym, in this
order of strength: a column that is there by its name is never taken by a synonym.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from .findings import MissingColumns, UnusableFile, shown
from .synonyms import SYNONYMS


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


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file that is read: where it stands, and by what it was recognised.

    ``how`` is ``name``, ``synonym`` or ``mapping``; ``header`` is as it may be shown.
    """

    name: str
    header: str
    position: int
    how: str

    def as_dict(self) -> dict:
        return {"column": self.name, "header": self.header, "how": self.how}


@dataclass(frozen=True)
class Layout:
    """The kind of a file, its columns, and the headers of those that are not read."""

    kind: FileKind
    width: int
    columns: tuple[Column, ...]
    ignored: list[str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def squashed(header: str) -> str:
    """A header without case, diacritics, spaces and signs: ``Avbrott-ID`` is avbrottid."""
    plain = unicodedata.normalize("NFKD", header.casefold())
    return "".join(char for char in plain if char.isalnum())


def _written_out(header: str) -> str:
    return header.replace("aa", "a").replace("ae", "a").replace("oe", "o")


def _spellings(header: str) -> tuple[str, str]:
    """å, ä and ö may also be aa, ae and oe."""
    key = squashed(header)
    return key, _written_out(key)


_KNOWN = {squashed(name): name for kind in KINDS.values() for name in kind.columns}
_SYNONYMS = {
    kind: {squashed(word): column for column, words in columns.items() for word in words}
    for kind, columns in SYNONYMS.items()
}
_ANY_SYNONYM = {word for words in _SYNONYMS.values() for word in words}


def is_known(header: str) -> bool:
    """Whether some kind of file has a column of such a name; for finding the header row."""
    return any(key in _KNOWN or key in _ANY_SYNONYM for key in _spellings(header))


def column_of(header: str) -> str | None:
    """The column that a header names by its own name, or None."""
    return next((_KNOWN[key] for key in _spellings(header) if key in _KNOWN), None)


Names = Mapping[str, Mapping[str, str]]


def layout(headers: list[str], names: Names | None = None) -> Layout:
    """The kind and the columns of a file with such a header row.

    ``names`` is the sender's mapping: by kind of file, header (as ``squashed``) to column, or
    to "" for a column that is not to be read. Raises MissingColumns where no kind fits, which
    names what the nearest one lacks, and UnusableFile for a column that is there twice.
    """
    found = {kind.code: _columns(headers, kind, (names or {}).get(kind.code, {}))
             for kind in KINDS.values()}  # fmt: skip
    complete = [kind for kind in KINDS.values() if not kind.missing(_names(found[kind.code]))]
    if not complete:
        raise _missing(headers, found)
    kind = complete[0]
    columns = found[kind.code]
    taken = [column.name for column in columns]
    for name in taken:
        if taken.count(name) > 1:
            raise UnusableFile(f"Rubriken {name} står två gånger i filens första rad.")
    read = {column.position for column in columns}
    ignored = [
        shown(header.strip())
        for position, header in enumerate(headers)
        if position not in read and header.strip()
    ]
    return Layout(kind, len(headers), columns, ignored)


def _names(columns: tuple[Column, ...]) -> set[str]:
    return {column.name for column in columns}


def _columns(headers: list[str], kind: FileKind, own: Mapping[str, str]) -> tuple[Column, ...]:
    ways = [
        ("mapping", [own.get(squashed(header)) for header in headers]),
        ("name", [column_of(header) for header in headers]),
        ("synonym", [_synonym(header, kind) for header in headers]),
    ]
    found: dict[int, tuple[str, str]] = {}
    for how, named in ways:
        taken = {name for name, way in found.values() if way != how}
        for position, name in enumerate(named):
            if position in found or name is None or name in taken:
                continue
            if name in kind.columns or (how == "mapping" and not name):
                found[position] = name, how
    return tuple(
        Column(name, shown(headers[position].strip()), position, how)
        for position, (name, how) in sorted(found.items())
        if name
    )


def _synonym(header: str, kind: FileKind) -> str | None:
    known = _SYNONYMS[kind.code]
    return next((known[key] for key in _spellings(header) if key in known), None)


def _missing(headers: list[str], found: dict[str, tuple[Column, ...]]) -> MissingColumns:
    nearest = max(KINDS.values(), key=lambda kind: _likeness(kind, _names(found[kind.code])))
    lacking = nearest.missing(_names(found[nearest.code]))
    seen = [shown(header.strip()) for header in headers]
    if not any(found.values()):
        text = (
            "Filens första rad har ingen av de rubriker som behövs. En fil med avbrott har "
            "rubrikerna " + ", ".join(KINDS["interruptions"].needed) + "."
        )
        nearest = KINDS["interruptions"]
        return MissingColumns(text, seen, nearest.code, nearest.missing(()))
    word = "kolumnen" if len(lacking) == 1 else "kolumnerna"
    text = f"Filen saknar {word} {', '.join(lacking)}, som behövs i en fil med {nearest.name}."
    return MissingColumns(text, seen, nearest.code, lacking)


def _likeness(kind: FileKind, columns: set[str]) -> tuple[int, int]:
    return len(columns), -len(kind.missing(columns))


def checked_names(names: Mapping[str, str]) -> dict[str, str]:
    """A mapping as somebody gave it, header to column, in the form that ``layout`` takes.

    Raises UnusableFile where a column is none that there is, or is given to two headers.
    """
    columns = [column for column in names.values() if column]
    for column in columns:
        if column not in _KNOWN.values():
            raise UnusableFile(f'"{shown(column)}" är ingen kolumn i någon av filerna.')
        if columns.count(column) > 1:
            raise UnusableFile(f"Kolumnen {column} är vald för flera rubriker.")
    return {squashed(header): column for header, column in names.items() if squashed(header)}
