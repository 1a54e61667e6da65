"""The arrows between the rooms go one way (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# room: the rooms that it may not import
FORBIDDEN = {
    "pluginnovation/watching": {
        "knowledge",
        "casestudies",
        "statistics",
        "pluginnovation.core",
        "pluginnovation.site",
    },
    "pluginnovation/core": {"knowledge", "casestudies", "statistics", "pluginnovation.site"},
    "knowledge": {"casestudies", "statistics", "pluginnovation.site"},
    "casestudies": {"statistics", "pluginnovation.site"},
    "statistics": {"knowledge", "casestudies", "pluginnovation.site"},
}
# What counts records, and who may import it: figures leave through the publication, or through
# the one function that lifts the protection for those with a right to it.
COUNTING = {"statistics.cube"}
MAY_COUNT = {
    "statistics/publication/making.py",
    "statistics/publication/contents.py",
    "statistics/publication/record_sets.py",
    "statistics/cube.py",
    "statistics/exact.py",
}


def imported_names(path: Path) -> set[str]:
    """The dotted modules that a file imports, its relative imports resolved."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            module = ".".join([*base, node.module or ""]) if node.level else node.module
            module = module.rstrip(".")
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


def files_of(room: str) -> list[Path]:
    return [path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_nothing_from_above(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of(room)
        for name in imported_names(path)
        if any(name == other or name.startswith(f"{other}.") for other in FORBIDDEN[room])
        # The standard library's names of `statistics` are everybody's.
    ]
    assert wrong == []


def test_the_editorial_rooms_see_of_the_statistics_only_its_blocks():
    for path in files_of("pluginnovation/site"):
        for name in imported_names(path):
            if name.startswith("statistics."):
                # ``rights`` answers yes or no and holds no figure.
                allowed = ("statistics.blocks", "statistics.demo", "statistics.rights")
                assert name.startswith(allowed), f"{path.name} imports {name}"


def test_only_the_publication_counts_records():
    counting = {
        str(path.relative_to(ROOT))
        for path in files_of("statistics")
        if COUNTING & imported_names(path)
    }
    assert counting <= MAY_COUNT


def test_the_environment_is_read_in_few_places():
    readers = {
        str(path.relative_to(ROOT))
        for room in ("pluginnovation", "knowledge", "casestudies", "statistics")
        for path in files_of(room)
        if "environ" in path.read_text(encoding="utf-8") and "os" in imported_names(path)
    }
    assert readers == {
        "pluginnovation/settings/environment.py",
        # Before any settings exist: the embedded server, the supervisor and the entry points.
        "pluginnovation/embedded_postgres.py",
        "pluginnovation/serve.py",
        "pluginnovation/backup.py",
        "pluginnovation/asgi.py",
        "pluginnovation/wsgi.py",
    }
