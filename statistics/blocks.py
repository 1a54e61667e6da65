"""What other pages may show of the figures, and nothing else of this app."""

from .disclosure import share
from .publication import newest
from .selection import Selection, default_year

RETURNED_AFTER = 3


def headline() -> dict | None:
    """The figure of the newest publication, all protected; None before the first (2 queries).

    ``returned_share`` is in whole per cent of the interruptions of ``school_year`` that were
    back ``returned_after`` months later; None where they are few.
    """
    figures = newest()
    if figures is None:
        return None
    year = default_year(figures.codes["lasar"], figures.data_date)
    flow = {"lasar": year, "efter": str(RETURNED_AFTER)}
    back = figures.total("flode", utfall="AT", **flow)
    return {
        "count": figures.total("avbrott", lasar=year).value,
        "school_year": year,
        "until": figures.data_date,
        "returned_share": share(back, figures.total("flode", **flow)),
        "returned_after": RETURNED_AFTER,
        "url": f"/statistik/?{Selection((year,)).query}",
        "synthetic": figures.synthetic,
    }
