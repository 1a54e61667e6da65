"""A file on its way from the browser to the encrypted store: never whole in memory, never
readable on disk.

The form ends with a field of its own after the file. A body that was cut off lacks it, and
the part that came is thrown away.
"""

import queue
import threading

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from ..ingestion import originals
from ..ingestion.reader import MAX_BYTES

END_FIELD = "slut"
# A body that is a little too large is read to its end, so that the browser gets our answer.
MOST_DRAINED = 4 * MAX_BYTES


class _Chunks:
    """A reader that somebody else fills: ``read`` waits for what ``put`` brings."""

    def __init__(self):
        self._waiting: queue.Queue[bytes | None] = queue.Queue(maxsize=8)
        self._rest = b""
        self._over = False

    def put(self, chunk: bytes | None) -> None:
        self._waiting.put(chunk)

    def read(self, size: int = -1) -> bytes:
        if not self._rest and not self._over:
            chunk = self._waiting.get()
            self._over = chunk is None
            self._rest = chunk or b""
        size = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def drain(self) -> None:
        """Let whoever fills it go on, when nobody reads any more."""
        while not self._over:
            self._over = self._waiting.get() is None


class SealedFile(UploadedFile):
    """An uploaded file of which only the encrypted form exists, as ``originals`` sealed it."""

    def __init__(self, name, size, sealed):
        super().__init__(file=None, name=name, size=size)
        self.sealed = sealed


class SealingHandler(FileUploadHandler):
    """Encrypts while it receives. One file; anything above the limit stops it."""

    def __init__(self, request=None):
        super().__init__(request)
        self.is_too_large = False
        self._sealing: _Sealing | None = None
        self._size = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self._sealing:
            raise SkipFile
        self._sealing = _Sealing()

    def receive_data_chunk(self, raw_data, start):
        self._size += len(raw_data)
        if self._size > MAX_BYTES:
            self.is_too_large = True
            # Not as a reset connection: the rest of the body is read, and our answer given.
            raise StopUpload(connection_reset=False)
        self._sealing.put(raw_data)

    def file_complete(self, file_size):
        return SealedFile(self.file_name, self._size, self._sealing.finish())

    def upload_interrupted(self):
        self.discard()

    def discard(self) -> None:
        """Throw away what came: the file is not to be used."""
        if self._sealing:
            self._sealing.discard()


class _Sealing:
    """One file being encrypted in a thread, which is fed as it arrives."""

    def __init__(self):
        self._chunks = _Chunks()
        self._sealed = self._error = None
        self._thread = threading.Thread(target=self._seal, daemon=True)
        self._thread.start()

    def _seal(self) -> None:
        try:
            self._sealed = originals.seal(self._chunks)
        except BaseException as error:
            self._error = error
            self._chunks.drain()

    def put(self, chunk: bytes) -> None:
        self._chunks.put(chunk)

    def finish(self):
        """What ``originals`` made of it. Raises what the encryption raised, say a full disk."""
        self._end()
        if self._error:
            raise self._error
        return self._sealed

    def discard(self) -> None:
        self._end()
        if self._sealed:
            originals.discard(self._sealed)
            self._sealed = None

    def _end(self) -> None:
        if self._thread.is_alive():
            self._chunks.put(None)
            self._thread.join()
