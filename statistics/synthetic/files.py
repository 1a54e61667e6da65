"""The four files, written as a sender would."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from .. import codes
from .dice import Dice, Wheel
from .schools import Cell, schools, students
from .stories import RISK, RISK_OF_BOYS, SEASON, Episode, first_episode, second_episode, working_day

FILE_NAMES = {
    "school_units": "skolenheter-syntetisk.csv",
    "students": "elever-syntetisk.csv",
    "interruptions": "studieavbrott-syntetisk.csv",
    "activities": "aktiviteter-syntetisk.csv",
}
SCHOOL_YEARS = 6
# Of a hundred students about three interrupt their studies in a year.
RATE = 0.031
_HEADERS = {
    "school_units": "skolenhet namn kommun huvudman program fran till",
    "students": "lasar skolenhet hemkommun program kon elever",
    "interruptions": (
        "avbrott_id elev kon fodelsear hemkommun skolenhet program arskurs avbrottsdatum "
        "aterstart examensdatum aktivitet aktivitet_datum orsak"
    ),
    "activities": "elev avbrott_id datum aktivitet",
}


def write(directory: Path, rows: int, seed: int, until: date) -> dict[str, Path]:
    """Write the files of ``rows`` interruptions that began by ``until``; kind -> path."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = {}
    for kind, content in _contents(rows, seed, until).items():
        paths[kind] = directory / FILE_NAMES[kind]
        paths[kind].write_bytes(_csv(_HEADERS[kind].split(), content))
    return paths


def _contents(rows: int, seed: int, until: date) -> dict[str, Iterable]:
    dice = Dice(seed)
    months = _months(until)
    years = sum(months.values()) / sum(SEASON.values())
    total = max(1, round(rows / years / RATE))
    cells = {
        year: list(students(year, total, dice)) for year in sorted({_start(m) for m in months})
    }
    episodes = _episodes(rows, months, cells, until, dice)
    return {
        "school_units": _school_units(),
        "students": _students(cells, until),
        "interruptions": _interruptions(episodes, dice),
        "activities": _activities(episodes, dice),
    }


def _start(month: tuple[int, int]) -> int:
    return month[0] if month[1] >= 7 else month[0] - 1


def _months(until: date) -> dict[tuple[int, int], float]:
    """The months of six school years up to the day, with how many interruptions each has."""
    last = int(codes.school_year(until)[:4])
    months = {}
    for start in range(last - SCHOOL_YEARS + 1, last + 1):
        for month, weight in SEASON.items():
            year = start if month >= 7 else start + 1
            if (year, month) <= (until.year, until.month):
                # A slow decline, year by year, as in the national figures.
                months[year, month] = weight * (1 - 0.02 * (start - last + SCHOOL_YEARS - 1))
    return months


def _episodes(rows, months, cells, until, dice) -> list[Episode]:
    """So many interruptions, in the order in which they began."""
    month_wheel = Wheel(months)
    cell_wheels = {year: Wheel({cell: _risk(cell) for cell in own}) for year, own in cells.items()}
    episodes: list[Episode] = []
    while len(episodes) < rows:
        month = month_wheel.turn(dice)
        cell = cell_wheels[_start(month)].turn(dice)
        name = f"SYN-{len(episodes) + 1:06d}"
        episode = first_episode(name, cell, _day(month, until, dice), until, dice)
        pair = second_episode(episode, until, dice) if len(episodes) + 2 <= rows else None
        episodes += pair or [episode]
    return sorted(episodes, key=lambda episode: (episode.began, episode.student))


def _risk(cell: Cell) -> float:
    boys = RISK_OF_BOYS if cell.sex == "M" else 1
    return cell.students * RISK[codes.PROGRAMMES[cell.programme].type] * boys


def _day(month: tuple[int, int], until: date, dice: Dice) -> date:
    first = date(*month, 1)
    last = min(date(*month, 28), until)
    day = working_day(dice.day(first, last))
    return day if day <= until else until


def _school_units() -> Iterator[tuple]:
    for school in schools():
        programmes = " ".join(school.programmes)
        place = (school.code, school.name, school.municipality, school.organiser)
        yield (*place, programmes, school.opened, school.closed)


def _students(cells: dict[int, list[Cell]], until: date) -> Iterator[tuple]:
    """Of the school years whose 15 October has been."""
    for year, own in cells.items():
        if date(year, 10, 15) <= until:
            label = codes.school_year(date(year, 10, 15))
            for cell in own:
                unit = cell.school.code
                yield label, unit, cell.home, cell.study_path, cell.sex, cell.students


def _interruptions(episodes: list[Episode], dice: Dice) -> list[tuple]:
    """One row each; the first that was seen is told here in most cases."""
    rows = []
    for number, episode in enumerate(episodes, 1):
        day, code = next(iter(episode.seen.items()), (None, ""))
        if day and dice.chance(0.6):
            del episode.seen[day]
        else:
            day, code = None, ""
        cell = episode.cell
        rows.append(
            (
                f"SA{number:06d}", episode.student, cell.sex, episode.born, cell.home,
                cell.school.code, cell.study_path, episode.grade, episode.began, episode.resumed,
                episode.graduated, code, day, episode.reason,
            )
        )  # fmt: skip
    return rows


def _activities(episodes: list[Episode], dice: Dice) -> Iterator[tuple]:
    """One row for each contact; some know the interruption's id and not the student's."""
    for number, episode in enumerate(episodes, 1):
        by_record = dice.chance(0.15)
        student = "" if by_record else episode.student
        record = f"SA{number:06d}" if by_record else ""
        for day, code in episode.seen.items():
            yield student, record, day, code


def _csv(header: list[str], rows: Iterable[tuple]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
