"""Files on this machine's disk."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage


class TidyStorage(FileSystemStorage):
    """Django's storage, which leaves nothing of a file that could not be written whole."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            begun = Path(self.path(name))
            # A whole file of that name would be somebody else's.
            if begun.is_file() and begun.stat().st_size != content.size:
                begun.unlink()
            raise
