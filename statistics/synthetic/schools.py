"""About sixty made-up school units and the students in them, by school year.

The sizes of the municipalities are about those of 2024 (thousands of inhabitants); the
schools, their names and who runs them are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .. import codes

# Thousands of inhabitants: how many live there, and so go to school.
SIZES = {
    "1480": 605,
    "1384": 86,
    "1481": 71,
    "1482": 50,
    "1441": 44,
    "1489": 43,
    "1402": 41,
    "1401": 40,
    "1440": 33,
    "1415": 27,
    "1419": 16,
    "1462": 14,
    "1407": 13,
    "1490": 16,
    "1485": 8,
    "1488": 8,
    "1383": 8,
    "1463": 6,
    "1421": 5,
    "1465": 3,
    "0180": 1,
}
# How many school units each municipality has; the last three lie outside the region.
UNITS = {
    "1480": 29,
    "1384": 5,
    "1481": 4,
    "1482": 3,
    "1441": 2,
    "1489": 3,
    "1402": 3,
    "1401": 1,
    "1440": 1,
    "1415": 2,
    "1419": 1,
    "1462": 1,
    "1407": 2,
    "1490": 1,
    "1488": 1,
    "1383": 1,
}
NAMES = """
Alkemi Ask Aspö Bergtall Björkdunge Blåklint Blåmes Bokskog Bäckö Dalgång Ekdunge Fjällräv Forsa
Furu Fyrljus Gransångar Gullviva Gärdsmyg Hasselbacke Havsvind Hägerö Högsten Kaprifol Klippö
Kornell Kustvind Linblom Ljungmark Lommarö Lärkträd Lövskog Molnö Månsken Nordvind Näckros Olvon
Pilträd Prästkrag Ripö Rönnbär Sandlilja Silvermås Skarvö Skogsbryn Smultron Snöbär Solros
Stenkulla Stjärnblom Sädesärla Tallmo Tofsvipa Trastö Tångö Vallmo Vattenlilja Videung
Vintergata Västanvind Åkerbär
""".split()  # noqa: SIM905
FIRST_OPENED = date(2011, 7, 1)

# Share of all students by programme: about the national one, vocational a little lower.
STUDENTS = {
    "EK": 14.0,
    "SA": 14.5,
    "NA": 12.5,
    "TE": 9.5,
    "ES": 6.0,
    "HU": 0.7,
    "BA": 3.4,
    "BF": 2.9,
    "EE": 4.6,
    "FT": 3.2,
    "FR": 1.8,
    "FS": 2.0,
    "HT": 0.8,
    "IN": 1.4,
    "NB": 2.2,
    "RL": 1.3,
    "VF": 1.3,
    "VO": 3.0,
    "SJ": 0.4,
    "IB": 1.6,
    "AN": 2.3,
    "IMA": 2.8,
    "IMS": 3.2,
    "IMV": 1.9,
    "IMY": 1.5,
}
WOMEN = {
    "EK": 0.49, "SA": 0.64, "NA": 0.54, "TE": 0.19, "ES": 0.62, "HU": 0.78, "BA": 0.11,
    "BF": 0.58, "EE": 0.06, "FT": 0.20, "FR": 0.93, "FS": 0.55, "HT": 0.71, "IN": 0.15,
    "NB": 0.67, "RL": 0.55, "VF": 0.07, "VO": 0.74, "SJ": 0.22, "IB": 0.58, "AN": 0.40,
    "IMA": 0.43, "IMS": 0.38, "IMV": 0.40, "IMY": 0.42,
}  # fmt: skip
PROFILES = {
    "HF": ("EK", "SA", "NA", "TE", "ES"),
    "HF2": ("EK", "SA", "NA", "HU", "IB"),
    "YP": ("BA", "EE", "FT", "IN", "VF", "IMY", "IMV"),
    "YP2": ("BF", "VO", "FR", "FS", "RL", "HT", "IMV"),
    "MIX": ("EK", "SA", "TE", "BF", "EE", "VO", "IMA", "IMS"),
    "IM": ("IMA", "IMS", "IMV", "IMY", "AN"),
    "NB": ("NB", "SJ", "NA", "IMV"),
}
# What municipalities with a unit or two offer comes first; Öckerö has the sea.
ORDER = ("MIX", "HF", "YP", "YP2", "HF2", "IM", "NB")


@dataclass(frozen=True)
class School:
    code: str
    name: str
    municipality: str
    organiser: str
    programmes: tuple[str, ...]
    opened: date
    closed: date | None

    def is_open(self, start_year: int) -> bool:
        ends = self.closed is None or self.closed >= date(start_year + 1, 6, 30)
        return ends and self.opened <= date(start_year, 7, 1)


@dataclass(frozen=True)
class Cell:
    """Students of a year who have the same school, home, study path and sex."""

    start_year: int
    school: School
    home: str
    programme: str
    study_path: str
    sex: str
    students: int


def schools() -> list[School]:
    """The same sixty for every seed: a register does not change by chance."""
    places = [(place, nth) for place, count in UNITS.items() for nth in range(count)]
    return [_school(number, *place) for number, place in enumerate(places)]


def _school(number: int, place: str, nth: int) -> School:
    profile = "NB" if place == "1407" and nth == 0 else ORDER[nth % len(ORDER)]
    private = nth % 3 == 2
    return School(
        code=f"99{number + 1:06d}",
        name=f"{NAMES[number]}gymnasiet (syntetisk)",
        municipality=place,
        organiser=f"Syntetisk {'fristående' if private else 'kommunal'} huvudman",
        programmes=PROFILES[profile],
        opened=date(2023, 7, 1) if nth in (12, 19) else FIRST_OPENED,
        closed=date(2024, 6, 30) if nth == 24 else None,
    )


def students(start_year: int, total: int, dice) -> Iterator[Cell]:
    """The students of one school year, about ``total`` of them."""
    open_schools = [school for school in schools() if school.is_open(start_year)]
    people = sum(SIZES.values())
    for home, size in SIZES.items():
        for programme, share in STUDENTS.items():
            number = total * size / people * share / sum(STUDENTS.values())
            offers = [school for school in open_schools if programme in school.programmes]
            yield from _spread(start_year, home, programme, number, offers, dice)


def _spread(start_year, home, programme, number, offers, dice) -> Iterator[Cell]:
    """A municipality's students of a programme over the schools that have it, near ones first."""
    drawn = {school: _attraction(school, home) for school in offers}
    for school, attraction in drawn.items():
        here = number * attraction / sum(drawn.values())
        for sex, share in (("K", WOMEN[programme]), ("M", 1 - WOMEN[programme])):
            for path, part in study_paths(programme, start_year).items():
                count = dice.whole(here * share * part)
                if count:
                    yield Cell(start_year, school, home, programme, path, sex, count)


def _attraction(school: School, home: str) -> float:
    if school.municipality == home:
        return 8.0 if home != "1480" else 2.0
    outside = school.municipality not in codes.REGION or home not in codes.REGION
    return 0.05 if outside else 1.0 if school.municipality == "1480" else 0.02


# Shares of the students by how long ago they began.
COHORTS = (0.37, 0.33, 0.30)
OLD_NAMES = {"FR": ("HV", 2025), "FS": ("HA", 2022)}


def study_path(programme: str, began: int) -> str:
    """The code of a programme for those who began in a year: GY25 from 2025 on."""
    old, until = OLD_NAMES.get(programme, (programme, 0))
    code = old if began < until else programme
    national = codes.PROGRAMMES[programme].type in {"YP", "HF"}
    return f"{code}25" if national and began >= 2025 else code


def study_paths(programme: str, start_year: int) -> dict[str, float]:
    paths: dict[str, float] = {}
    for years, share in enumerate(COHORTS):
        path = study_path(programme, start_year - years)
        paths[path] = paths.get(path, 0) + share
    return paths
