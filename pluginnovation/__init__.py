"""The project. Importing it makes sure that ``statistics`` is our package.

A plugin (pytest-benchmark is one) may have imported the standard library's module of that
name before this checkout was on the path. Our package re-exports all of its names, so
putting the package in its place breaks nobody.
"""

import importlib
import sys
from pathlib import Path

_ROOT = str(Path(__file__).resolve().parent.parent)


def _let_the_package_win() -> None:
    found = sys.modules.get("statistics")
    if found is None or hasattr(found, "__path__"):
        return
    if _ROOT not in sys.path:
        sys.path.insert(0, _ROOT)
    del sys.modules["statistics"]
    try:
        importlib.import_module("statistics")
    except ImportError:
        sys.modules["statistics"] = found
        raise


_let_the_package_win()
