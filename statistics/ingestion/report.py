"""What became of a file, or what would become of it: numbers and findings, never a row."""

from dataclasses import dataclass, field

from ..models import ImportBatch
from .findings import Finding, Group, Notice, grouped
from .headers import Column
from .reader import Form

COUNTS = ("rows", "new", "changed", "unchanged", "wrong")


@dataclass
class Report:
    """rows = new + changed + unchanged + wrong; ``errors`` are all that is wrong in the wrong.

    ``batch`` is None where nothing was taken in: at a dry run, where there are errors and
    nobody said to take the right rows (``has_errors``), and where the outcome is another than
    was approved (``outdated``). The numbers then say what would have been. Of a batch that was
    taken in with errors the ``wrong`` rows are in quarantine.

    ``changed_columns``: column -> how many changed rows have another value there.
    ``resolved``: held rows of earlier deliveries that this file settles.
    ``waiting``: activities whose interruption has not come yet.
    ``effects``: what the caller's ``look`` gave.
    """

    kind: str
    kind_name: str
    file_name: str
    form: Form
    columns: tuple[Column, ...]
    unknown_columns: list[str]
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0
    resolved: int = 0
    waiting: int = 0
    changed_columns: dict[str, int] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    effects: object = None
    outdated: bool = False
    batch: ImportBatch | None = None

    @property
    def has_errors(self) -> bool:
        return bool(self.errors)

    @property
    def groups(self) -> list[Group]:
        """The errors by kind and column, the largest group first."""
        return grouped(self.errors)

    @property
    def warning_groups(self) -> list[Group]:
        return grouped(self.warnings)

    @property
    def outcome(self) -> dict[str, int]:
        """The numbers that somebody approves: ``import_file`` takes them as ``expected``."""
        return {name: getattr(self, name) for name in COUNTS}

    def as_dict(self) -> dict:
        """All of it that may be kept as JSON; ``effects`` only where the caller made it such."""
        return {
            "kind": self.kind,
            "kind_name": self.kind_name,
            "file_name": self.file_name,
            "file": self.form.as_dict() | {"columns": [c.as_dict() for c in self.columns]},
            **self.outcome,
            "resolved": self.resolved,
            "waiting": self.waiting,
            "changed_columns": self.changed_columns,
            "unknown_columns": self.unknown_columns,
            "groups": [group.as_dict() for group in self.groups],
            "errors": [finding.as_dict() for finding in self.errors],
            "warning_groups": [group.as_dict() for group in self.warning_groups],
            "warnings": [finding.as_dict() for finding in self.warnings],
            "notices": [{"code": n.code, "message": n.message} for n in self.notices],
            "effects": self.effects,
            "outdated": self.outdated,
            "batch": self.batch and self.batch.pk,
        }
