from .audit import AuditEntry
from .batches import ImportBatch, Source
from .deliveries import Delivery, DeliveryFinding
from .keeping import Original, QuarantinedRow, RetentionProtocol
from .national import Indicator, IndicatorFetch, IndicatorValue, SimilarMunicipalities
from .publications import Publication, PublicationBasis
from .records import Activity, CurrentActivity, CurrentInterruption, Interruption
from .registers import CurrentStudentCount, SchoolUnit, SchoolUnitVersion, StudentCount
from .subscriptions import Subscription

__all__ = [
    "Activity",
    "AuditEntry",
    "CurrentActivity",
    "CurrentInterruption",
    "CurrentStudentCount",
    "Delivery",
    "DeliveryFinding",
    "ImportBatch",
    "Indicator",
    "IndicatorFetch",
    "IndicatorValue",
    "Interruption",
    "Original",
    "Publication",
    "PublicationBasis",
    "QuarantinedRow",
    "RetentionProtocol",
    "SchoolUnit",
    "SchoolUnitVersion",
    "SimilarMunicipalities",
    "Source",
    "StudentCount",
    "Subscription",
]
