"""National figures of completion, as read in their sources, with year and address."""

from dataclasses import dataclass

from .. import charts

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Point:
    """One figure in per cent, for a year, as a source gives it."""

    year: str
    value: float
    source: str
    group: str = ""

    @property
    def shown(self) -> str:
        """``79,7 %``."""
        return str(self.value).replace(".", ",") + f"{NBSP}%"


@dataclass(frozen=True)
class Series:
    id: str
    title: str
    reading: str
    definition: str
    points: tuple[Point, ...]
    caution: str = ""

    @property
    def sources(self) -> str:
        return "; ".join(dict.fromkeys(point.source for point in self.points))


SERIES = (
    Series(
        "examen",
        "Examen inom tre år, nationella program",
        "79,7 procent av dem som började ett nationellt program tog examen inom tre år, enligt"
        " både 2022 och 2023 års uppgifter. 2014 var det 71 procent.",
        "Andel av dem som började årskurs 1 på ett nationellt program som har tagit examen inom tre"
        " år. Året är det då uppföljningen görs.",
        (
            Point("2014", 71, "SKR, Öppna jämförelser"),
            Point("2019", 77, "SKR, Öppna jämförelser"),
            Point("2020", 78, "SKR, Öppna jämförelser"),
            Point("2022", 79.7, "Skolverket"),
            Point("2023", 79.7, "Skolverket"),
        ),
        "De äldre uppgifterna är avrundade till hela procent i källan. Åren däremellan fanns inte i"
        " de källor vi har läst.",
    ),
    Series(
        "programtyper",
        "Examen inom tre år, efter programtyp",
        "På högskoleförberedande program tog 82,6 procent examen inom tre år 2025, på yrkesprogram"
        " 75,9 procent.",
        "Andel av dem som började årskurs 1 som har tagit examen inom tre år.",
        (
            Point("2016", 76.1, "Skolverket genom TT, via.tt.se", "Högskoleförberedande"),
            Point("2023", 81.4, "Skolverket", "Högskoleförberedande"),
            Point("2025", 82.6, "Skolverket genom TT, via.tt.se", "Högskoleförberedande"),
            Point("2016", 70.8, "Skolverket genom TT, via.tt.se", "Yrkesprogram"),
            Point("2023", 75.9, "Skolverket", "Yrkesprogram"),
            Point("2025", 75.9, "Skolverket genom TT, via.tt.se", "Yrkesprogram"),
        ),
        "Yrkesprogrammens 75,9 procent står i källorna för både 2023 och 2025, för 2025 som en"
        " ökning med 1,2 procentenheter. Vi återger båda som de står.",
    ),
    Series(
        "ekonomi",
        "Ekonomiprogrammet: examen inom tre år, efter startår",
        "Av dem som började ekonomiprogrammet 2020/21 tog 84,6 procent examen inom tre år."
        " Så gammal är årskullen när den senaste uppgiften kommer.",
        "Andel av dem som började ekonomiprogrammet ett läsår som tog examen inom tre år. Läsåret"
        " är startåret.",
        tuple(
            Point(year, value, "Skolverket, Planned Educations, exempel i dokumentationen")
            for year, value in (
                ("2016/17", 82.5),
                ("2017/18", 83.0),
                ("2018/19", 84.8),
                ("2019/20", 84.6),
                ("2020/21", 84.6),
            )
        ),
        "Uppgifterna står som exempel i dokumentationen av Skolverkets öppna gränssnitt.",
    ),
)

# Figures that stand alone, not part of a series.
OTHERS = (
    ("Studiebevis om 2 500 poäng, 2022 och 2023", "6,4 och 6,8 %", "Skolverket"),
    ("Grundläggande behörighet inom tre år, 2022 och 2023", "72,5 och 72,2 %", "Skolverket"),
    ("Avbrutit eller förlängt sina studier, 2024 och 2025", "13,8 och 12,6 %", "via.tt.se"),
    (
        "Examen eller studiebevis inom fyra år, kommunala skolor med introduktionsprogram,"
        " 2018 och 2019",
        "70,5 och 69,9 %",
        "SKR, Öppna jämförelser 2020",
    ),
    (
        "Inom fyra år, nationella program, de som började 2019: alla, flickor, pojkar",
        "83, 85 och 81 %",
        "ungidag.se",
    ),
    (
        "Avbrutit eller gjort uppehåll, av dem som började hösten 2019, fram till 15 oktober 2020",
        "2,7 %",
        "Skolverket, 11 mars 2021",
    ),
    (
        "Bytt utbildning, av samma elever (räknas inte som avbrott)",
        "10,4 %",
        "Skolverket, 11 mars 2021",
    ),
)


def chart(series: Series, width: int) -> dict:
    bars = [charts.Bar(p.year, p.value, p.shown, p.group) for p in series.points]
    grouped = any(point.group for point in series.points)
    return charts.paired_bars(bars, width) if grouped else charts.bars(bars, width)
