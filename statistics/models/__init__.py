from .audit import AuditEntry
from .batches import ImportBatch, Source
from .publications import Publication
from .records import Activity, CurrentActivity, CurrentInterruption, Interruption
from .registers import CurrentStudentCount, SchoolUnit, SchoolUnitVersion, StudentCount

__all__ = [
    "Activity",
    "AuditEntry",
    "CurrentActivity",
    "CurrentInterruption",
    "CurrentStudentCount",
    "ImportBatch",
    "Interruption",
    "Publication",
    "SchoolUnit",
    "SchoolUnitVersion",
    "Source",
    "StudentCount",
]
