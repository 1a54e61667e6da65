"""Reading the demo content: YAML files that people write and review."""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

CONTENT = Path(settings.ROOT) / "fixtures" / "content"
MEDIA = Path(settings.ROOT) / "fixtures" / "media"
RECORDS = Path(settings.ROOT) / "fixtures" / "records"

try:
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader


@cache
def read_file(path: Path):
    """The parsed content of one YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)


def read_folder(name: str) -> list[dict]:
    """All files of ``fixtures/content/<name>/``, in the order of their names."""
    return [read_file(path) for path in sorted((CONTENT / name).glob("*.yaml"))]
