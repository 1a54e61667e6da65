"""What a reader of a report is told: files that cannot be used, rows that are wrong.

A finding never carries the value of ``elev``, and nothing shaped like a personal number.
"""

from dataclasses import asdict, dataclass

from .personal_numbers import masked

SHOWN_LENGTH = 40

# The kinds of findings: stable codes, and what a group of them is called.
HEADINGS = {
    "missing": "Värdet saknas",
    "too-long": "Värdet är för långt",
    "invisible": "Värdet har tecken som inte syns",
    "rounded": "Kalkylprogrammet har avrundat ett id",
    "text-around": "Personnummer med annat omkring",
    "check-digit": "Personnumrets kontrollsiffra eller datum stämmer inte",
    "misplaced-number": "Personnummer på fel plats",
    "not-a-date": "Inget datum",
    "no-such-day": "Dagen finns inte",
    "excel-number": "Datum som Excel har gjort till ett tal",
    "in-future": "Dagen ligger i framtiden",
    "before-start": "Dagen är före den då det började",
    "unknown-code": "Koden finns inte",
    "not-in-register": "Skolenheten finns inte i registret",
    "out-of-scope": "Utanför det som källan får rapportera",
    "not-a-number": "Inget heltal i rätt form",
    "impossible-age": "Åldern är inte möjlig",
    "repeated": "Samma sak står flera gånger i filen",
    "double": "Troligen redan rapporterat av en annan källa",
    "formula": "Formel som inte gav något värde",
    "row-shape": "Raden har fel antal fält",
    "repeated-header": "Rubrikraden står en gång till",
    "contradicts-number": "Säger något annat än personnumret",
}


class UnusableFile(Exception):
    """The file as a whole cannot be read; the text is one Swedish sentence or two."""


class MissingColumns(UnusableFile):
    """Columns that are needed were not found: whoever sent the file may say which they are.

    ``headers`` are the file's, as they may be shown; ``kind`` is the code of the kind of file
    that comes nearest, ``missing`` the names of what it lacks (``elev eller avbrott_id``).
    """

    def __init__(self, text: str, headers: list[str], kind: str, missing: list[str]):
        super().__init__(text)
        self.headers, self.kind, self.missing = headers, kind, missing


class Invalid(ValueError):
    """A value is wrong: the kind of error, and what is wrong and would be right."""

    def __init__(self, code: str, text: str):
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one cell. ``row`` is the row's number in the file, the header's is 1.

    ``code`` is the kind of finding, one of ``HEADINGS``.
    """

    row: int
    column: str
    value: str | None
    message: str
    code: str

    def __str__(self):
        return f"Rad {self.row}, {self.column}: {self.message}"

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the file as a whole that somebody should look at; no error."""

    code: str
    message: str

    def __str__(self):
        return self.message


@dataclass(frozen=True)
class Group:
    """Findings of one kind in one column, in the order of their rows."""

    code: str
    column: str
    findings: list[Finding]

    @property
    def heading(self) -> str:
        return HEADINGS[self.code]

    @property
    def rows(self) -> list[int]:
        return list(dict.fromkeys(finding.row for finding in self.findings))

    def as_dict(self) -> dict:
        return {
            "code": self.code,
            "heading": self.heading,
            "column": self.column,
            "count": len(self.findings),
        }


def grouped(findings: list[Finding]) -> list[Group]:
    """The findings by kind and column, the largest group first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.column), []).append(finding)
    made = [Group(code, column, members) for (code, column), members in groups.items()]
    return sorted(made, key=lambda group: -len(group.findings))


def shown(value: str) -> str:
    """A value as it may be shown: short, on one line, personal numbers blotted out."""
    text = masked("".join(char if char.isprintable() else " " for char in value))
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
