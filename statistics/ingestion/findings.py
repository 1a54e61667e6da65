"""What a reader of a report is told: files that cannot be used, rows that are wrong.

A finding never carries the value of ``elev``, and nothing shaped like a personal number.
"""

from dataclasses import asdict, dataclass

from .personal_numbers import masked

SHOWN_LENGTH = 40


class UnusableFile(Exception):
    """The file as a whole cannot be read; the text is one Swedish sentence or two."""


class Invalid(ValueError):
    """A value is wrong; the text says what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one cell. ``row`` is the row's number in the file, the header's is 1."""

    row: int
    column: str
    value: str | None
    message: str

    def __str__(self):
        return f"Rad {self.row}, {self.column}: {self.message}"

    def as_dict(self) -> dict:
        return asdict(self)


def shown(value: str) -> str:
    """A value as it may be shown: short, on one line, personal numbers blotted out."""
    text = masked("".join(char if char.isprintable() else " " for char in value))
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
