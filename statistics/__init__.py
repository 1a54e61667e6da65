"""The app that takes in records of study interruptions and shows what they tell.

The name is the standard library's too. Python finds this package first, so the public
names of the standard module are re-exported here: ``from statistics import median`` works
for Django, tablib, random and everybody else. The standard module is loaded by path, under
its own name, so that its classes (``NormalDist``) pickle as they always do.
"""

import sys
import sysconfig
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_spec = spec_from_file_location("statistics", Path(sysconfig.get_path("stdlib")) / "statistics.py")
_standard = module_from_spec(_spec)
# The spec's name is this package's: loading must not replace the package in sys.modules.
_package = sys.modules.get("statistics")
_spec.loader.exec_module(_standard)
if _package is not None:
    sys.modules["statistics"] = _package

__all__ = list(_standard.__all__)
globals().update({name: getattr(_standard, name) for name in __all__})
