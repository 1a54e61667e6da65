"""What changed between two publications, in tables and code lists; never in cells (rule 5)."""

from .. import tables
from .published import Figures


def between(before: Figures | None, now: Figures, rhythms: list[str]) -> dict:
    """As it is kept with the publication: which tables are new, and codes that came and went."""
    found = {"rhythms": rhythms, "codes": {}}
    if before is None:
        return found
    # Tables of the lattice are code, not data: a new one is new in the first publication with it.
    came = [table for table in now.values if table not in before.values]
    gone = [table for table in before.values if table not in now.values]
    for variable in tables.VARIABLES:
        if variable not in before.codes or variable not in now.codes:
            continue
        new, old = now.codes[variable], before.codes[variable]
        added = [code for code in new if code not in set(old)]
        removed = [code for code in old if code not in set(new)]
        if added or removed:
            found["codes"][variable] = {"added": added, "removed": removed}
    return found | {"tables": {"added": came, "removed": gone}}
