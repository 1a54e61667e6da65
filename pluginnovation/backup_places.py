"""Where files lie that a backup holds: a folder of this machine, or a bucket of an object store."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path


class Refused(Exception):
    """What is wrong and what would be right, in Swedish."""


class Folder:
    def __init__(self, path: Path):
        self.path = path

    def __str__(self):
        return f"Mappen {self.path}"

    def names(self) -> Iterator[str]:
        for path in sorted(self.path.rglob("*")):
            if path.is_file():
                yield path.relative_to(self.path).as_posix()

    @contextmanager
    def opened(self, name: str) -> Iterator[Path]:
        """A file on the disk with what is under that name."""
        yield self.path / name

    def put(self, name: str, file: Path) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


class Bucket:
    """Media as the site keeps them, by its own storage: the settings have to be there."""

    def __init__(self, name: str):
        self.name = name

    def __str__(self):
        return f"Hinken {self.name}"

    @cached_property
    def storage(self):
        from django.core.files.storage import default_storage

        return default_storage

    def names(self, folder: str = "") -> Iterator[str]:
        with self._answering():
            folders, files = self.storage.listdir(folder)
        yield from (f"{folder}{name}" for name in sorted(files))
        for inner in sorted(folders):
            yield from self.names(f"{folder}{inner}/")

    @contextmanager
    def opened(self, name: str) -> Iterator[Path]:
        """A copy for as long as the block: one file of the bucket at a time lies here."""
        with tempfile.NamedTemporaryFile(prefix="pluginnovation-backup-") as copy:
            with self._answering(), self.storage.open(name) as file:
                shutil.copyfileobj(file, copy)
            copy.flush()
            yield Path(copy.name)

    def put(self, name: str, file: Path) -> None:
        from django.core.files import File

        with self._answering(), file.open("rb") as content:
            self.storage.save(name, File(content))

    @contextmanager
    def _answering(self):
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as fault:
            raise Refused(f"{self} svarar inte som den ska: {type(fault).__name__}.") from fault
