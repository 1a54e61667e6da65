"""Numbered publications: what the public may see, since when.

``making`` makes one: it decides which records are counted (``record_sets``), builds every cell
of the lattice from them once, protects it (``contents``), and keeps the protected cells only.
``published`` reads them; public pages read the newest publication and never a record.
``calendar`` says on which days.
"""

from ..data_dates import NothingToPublish, newest_common_day
from .contents import code_lists, is_in_register
from .making import (
    Beaten,
    Plan,
    plan,
    preview,
    publish,
    withdraw,
)
from .published import Figures, newest, numbered, read

__all__ = [
    "Beaten",
    "Figures",
    "NothingToPublish",
    "Plan",
    "code_lists",
    "is_in_register",
    "newest",
    "newest_common_day",
    "numbered",
    "plan",
    "preview",
    "publish",
    "read",
    "withdraw",
]
