"""How many students a number per hundred rests on, and when there is one."""

from ..disclosure import TOTAL
from .words import is_told_whole

RATED = (
    "Per 100 elever visas för ett läsår som är slut, ett kön eller alla, och alla åldrar och"
    " program, där elevantal har lämnats."
)


def students(figures, selection) -> int | None:
    """Enrolled students of the selection; of several municipalities their sum.

    Known by year, municipality and sex only. None too for a year that is told of in part: it
    has all of its students and some of its interruptions, and would look far too good.
    """
    narrow = selection.alder or selection.programtyp
    if narrow or len(selection.lasar) > 1 or len(selection.kon) > 1:
        return None
    (year,) = selection.lasar
    if not is_told_whole(figures, year, selection):
        return None
    sex = (selection.kon or (TOTAL,))[0]
    known = [figures.students_of(year, place, sex) for place in selection.kommun or (TOTAL,)]
    return sum(known) if all(known) else None
