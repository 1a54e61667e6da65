"""Made-up records of the right shape: nobody in them exists, and they say so.

The same number of rows, seed and date give the same bytes, on any version of Python: all
chance comes through ``Dice``, which uses nothing but ``Random.random()``.
"""

from .files import FILE_NAMES, write

__all__ = ["FILE_NAMES", "write"]
