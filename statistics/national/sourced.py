"""National figures of completion, as read in their sources, with year and address.

They are few and come from different years and counts; nothing is filled in between them.
"""

from dataclasses import dataclass
from decimal import Decimal

from .. import charts
from ..charts import Bar
from ..figures.model import SHARE, Column, shown
from ..sheets import Line
from .model import NBSP, WORDS, NationalFigure, Source

OPEN_COMPARISONS = Source("SKR, Öppna jämförelser – Gymnasieskola")
SKOLVERKET = Source("Skolverket, Betyg och studieresultat i gymnasieskolan")
SKOLVERKET_2025 = Source(
    "Skolverket, pressmeddelande om 2025",
    "https://via.tt.se/pressmeddelande/4160383/fler-elever-tar-gymnasieexamen-inom-tre-ar",
)
PLANNED = Source("Skolverket, Planned Educations, exempel i dokumentationen")
UNGIDAG = Source("Ung idag", "https://www.ungidag.se/")
_VALUE = Column("andel", "Andel", SHARE)
_SOURCE = Column("kalla", "Källa", WORDS)


@dataclass(frozen=True)
class Point:
    """One figure in per cent, for a year, as a source gives it; the text keeps its precision."""

    year: str
    value: str
    source: Source
    group: str = ""

    @property
    def shown(self) -> str:
        """``79,7 %``."""
        return f"{self.value.replace('.', ',')}{NBSP}%"


def _figure(id_, title, reading, definition, points, *cautions, key="År", by_group=False):
    grouped = any(point.group for point in points)
    keys = (key, "Grupp") if grouped else (key,)

    def chart(width):
        drawn = [
            Bar(
                p.group if by_group else p.year,
                float(p.value),
                p.shown,
                "" if by_group else p.group,
            )
            for p in points
        ]
        paired = grouped and not by_group
        return charts.paired_bars(drawn, width) if paired else charts.bars(drawn, width)

    return NationalFigure(
        id=id_,
        title=title,
        reading=reading,
        about="Hela riket.",
        definition=definition,
        key_labels=keys,
        columns=(_VALUE, _SOURCE),
        lines=tuple(
            Line(
                f"{p.year} {p.group}".strip(),
                (p.year, p.group) if grouped else (p.year,),
                (Decimal(p.value), p.source.name),
            )
            for p in points
        ),
        sources=tuple(dict.fromkeys(point.source for point in points)),
        chart=chart,
        cautions=cautions,
    )


THREE_YEARS = (
    _figure(
        "riket-examen",
        "Examen inom tre år, nationella program",
        "79,7 procent av dem som började ett nationellt program tog examen inom tre år, enligt"
        " både 2022 och 2023 års uppgifter. 2014 var det 71 procent.",
        "Andel av dem som började årskurs 1 på ett nationellt program som har tagit examen inom tre"
        " år. Året är det då uppföljningen görs.",
        (
            Point("2014", "71", OPEN_COMPARISONS),
            Point("2019", "77", OPEN_COMPARISONS),
            Point("2020", "78", OPEN_COMPARISONS),
            Point("2022", "79.7", SKOLVERKET),
            Point("2023", "79.7", SKOLVERKET),
        ),
        "De äldre uppgifterna är avrundade till hela procent i källan. Åren däremellan fanns inte i"
        " de källor vi har läst.",
    ),
    _figure(
        "riket-programtyper",
        "Examen inom tre år, efter programtyp",
        "På högskoleförberedande program tog 82,6 procent examen inom tre år 2025, på yrkesprogram"
        " 75,9 procent.",
        "Andel av dem som började årskurs 1 som har tagit examen inom tre år.",
        (
            Point("2016", "76.1", SKOLVERKET_2025, "Högskoleförberedande"),
            Point("2023", "81.4", SKOLVERKET, "Högskoleförberedande"),
            Point("2025", "82.6", SKOLVERKET_2025, "Högskoleförberedande"),
            Point("2016", "70.8", SKOLVERKET_2025, "Yrkesprogram"),
            Point("2023", "75.9", SKOLVERKET, "Yrkesprogram"),
            Point("2025", "75.9", SKOLVERKET_2025, "Yrkesprogram"),
        ),
        "Yrkesprogrammens 75,9 procent står i källorna för både 2023 och 2025, för 2025 som en"
        " ökning med 1,2 procentenheter. Vi återger båda som de står.",
    ),
    _figure(
        "riket-ekonomi",
        "Ekonomiprogrammet: examen inom tre år, efter startår",
        "Av dem som började ekonomiprogrammet 2020/21 tog 84,6 procent examen inom tre år."
        " Så gammal är årskullen när den senaste uppgiften kommer.",
        "Andel av dem som började ekonomiprogrammet ett läsår som tog examen inom tre år. Läsåret"
        " är startåret.",
        tuple(
            Point(year, value, PLANNED)
            for year, value in (
                ("2016/17", "82.5"),
                ("2017/18", "83.0"),
                ("2018/19", "84.8"),
                ("2019/20", "84.6"),
                ("2020/21", "84.6"),
            )
        ),
        "Uppgifterna står som exempel i dokumentationen av Skolverkets öppna gränssnitt.",
        key="Startår",
    ),
)
FOUR_YEARS = (
    _figure(
        "riket-fyra",
        "Inom fyra år, nationella program",
        "83 procent av dem som började 2019 hade fullföljt sina studier inom fyra år. Bland utrikes"
        " födda var det 71 procent.",
        "Andel av dem som började ett nationellt program 2019 som hade fullföljt det inom fyra år.",
        tuple(
            Point("2019", value, UNGIDAG, group)
            for group, value in (
                ("Alla", "83"),
                ("Flickor", "85"),
                ("Pojkar", "81"),
                ("Inrikes födda", "85"),
                ("Utrikes födda", "71"),
            )
        ),
        "Måttet går inte att jämföra rakt av med examen inom tre år: årskullen är en annan.",
        key="Startår",
        by_group=True,
    ),
    _figure(
        "riket-kommunala",
        "Examen eller studiebevis inom fyra år, kommunala skolor",
        "69,9 procent av eleverna i kommunala skolor hade examen eller studiebevis inom fyra år"
        " 2019, mot 70,5 procent året före.",
        "Andel av dem som började i en kommunal gymnasieskola, introduktionsprogram inräknade, som"
        " hade examen eller studiebevis om 2 500 poäng inom fyra år.",
        (
            Point("2018", "70.5", Source("SKR, Öppna jämförelser – Gymnasieskola 2020")),
            Point("2019", "69.9", Source("SKR, Öppna jämförelser – Gymnasieskola 2020")),
        ),
        "Här räknas introduktionsprogrammen med. Andelen går därför inte att jämföra med den för"
        " nationella program.",
    ),
)
# Figures that stand alone, not part of a series.
OTHERS = NationalFigure(
    id="riket-fler",
    title="Fler nationella tal",
    reading="",
    about="Enstaka uppgifter om riket, som de står i källan.",
    definition="Andelar i procent. Varje rad har sin egen källa.",
    key_labels=("Vad", "År"),
    columns=(_VALUE, _SOURCE),
    lines=tuple(
        Line(f"{what} {year}", (what, year), (Decimal(value), source.name))
        for what, year, value, source in (
            ("Studiebevis om 2 500 poäng", "2022", "6.4", SKOLVERKET),
            ("Studiebevis om 2 500 poäng", "2023", "6.8", SKOLVERKET),
            ("Grundläggande behörighet inom tre år", "2022", "72.5", SKOLVERKET),
            ("Grundläggande behörighet inom tre år", "2023", "72.2", SKOLVERKET),
            ("Avbrutit eller förlängt sina studier", "2024", "13.8", SKOLVERKET_2025),
            ("Avbrutit eller förlängt sina studier", "2025", "12.6", SKOLVERKET_2025),
            (
                "Avbrutit eller gjort uppehåll inom ett år, av dem som började hösten 2019",
                "2020",
                "2.7",
                Source("Skolverket, 11 mars 2021"),
            ),
            (
                "Bytt utbildning inom ett år, av samma elever (räknas inte som avbrott)",
                "2020",
                "10.4",
                Source("Skolverket, 11 mars 2021"),
            ),
        )
    ),
    sources=(SKOLVERKET, SKOLVERKET_2025, Source("Skolverket, 11 mars 2021")),
)
FIGURES = (*THREE_YEARS, *FOUR_YEARS, OTHERS)


def newest() -> list[tuple[str, str, str, str, str]]:
    """Title, year, group, share and source: the newest national figure of completion for each."""
    found = {}
    for figure in THREE_YEARS[:2]:
        for line in figure.lines:
            year, *group = line.keys
            share, source = line.values
            name = group[0] if group else "Alla"
            row = (figure.title, year, name, f"{shown(share)}{NBSP}%", source)
            found[figure.id, name] = row
    return list(found.values())
