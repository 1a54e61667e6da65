"""A figure of the national statistics: a headline, a sentence, a chart, a table with sources."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from .. import charts
from ..figures.model import Column, shown
from ..sheets import Line, Sheet

NBSP = "\N{NO-BREAK SPACE}"
WORDS = "ord"


@dataclass(frozen=True)
class Source:
    """Where figures were read; ``url`` is empty where the source has no address of its own."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class NationalFigure:
    """``id`` is that of its files; ``about`` says whom and what the table is about."""

    id: str
    title: str
    reading: str
    about: str
    definition: str
    key_labels: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    chart: Callable[[int], charts.Canvas] | None = field(default=None, compare=False)
    cautions: tuple[str, ...] = ()
    updated: datetime | None = None
    query: str = ""

    @property
    def header(self) -> list[tuple[str, bool]]:
        """Each heading, and whether numbers stand below it."""
        return [(label, False) for label in self.key_labels] + [
            (column.heading, column.kind != WORDS) for column in self.columns
        ]

    @property
    def rows(self) -> list[tuple[tuple[str, ...], list[tuple[str, bool]]]]:
        """The keys, then each text with whether it is a number."""
        return [
            (
                line.keys,
                [
                    (value, False)
                    if isinstance(value, str)
                    else (shown(value).removesuffix(f"{NBSP}%"), True)
                    for value in line.values
                ],
            )
            for line in self.lines
        ]

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""
        return f"{self.reading} {self.about} Alla tal finns i tabellen."

    @property
    def source_words(self) -> str:
        return "; ".join(f"{one.name} {one.url}".strip() for one in self.sources)

    @property
    def sheet(self) -> Sheet:
        """The table for a file. What others have published is not ours to give away as CC0."""
        return Sheet(
            id=self.id,
            title=self.title,
            label=self.about,
            key_labels=self.key_labels,
            columns=self.columns,
            lines=self.lines,
            notes=(
                f"{self.title}. {self.about}",
                self.definition,
                *self.cautions,
                f"Källor: {self.source_words}.",
            ),
            name=f"nationell-statistik-{self.id}",
            source=self.source_words,
            updated=self.updated,
            license="",
        )

    def drawing(self, width: int, name: str = "", above=()) -> str:
        """The chart as SVG, with a heading where it stands alone; empty where there is none."""
        if self.chart is None:
            return ""
        return charts.svg(
            self.chart(width),
            self.title,
            self.description,
            name or f"{self.id}-{width}",
            above,
        )
