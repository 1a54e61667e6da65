"""Caches that never cost anybody an answer: what cannot be read is not there.

A full disk, a folder that is gone, a file cut short or a Redis that does not answer makes the
site slower and nothing else. Counting is atomic in both, so that rate limits hold for all
processes together.
"""

import logging
import pickle
import zlib
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks

logger = logging.getLogger(__name__)
FAULTS = OSError, EOFError, zlib.error, pickle.UnpicklingError


def _forgiving(name: str, faults, nothing):
    """The parent's method ``name``; where the store fails, ``nothing`` or the given default."""

    def method(self, *args, **kwargs):
        try:
            return getattr(super(self.forgiving_class, self), name)(*args, **kwargs)
        except faults as fault:
            logger.warning("The cache does not answer: %s", type(fault).__name__)
            if name == "get":
                return kwargs.get("default", args[1] if len(args) > 1 else None)
            return nothing

    return method


def forgiving(*faults: type[Exception]):
    """Class decorator: a cache that fails in one of these ways has nothing and keeps nothing."""

    def decorate(cls):
        cls.forgiving_class = cls
        results = {"get": None, "set": False, "delete": False, "touch": False, "has_key": False}
        for name, nothing in results.items():
            setattr(cls, name, wraps(getattr(cls, name))(_forgiving(name, faults, nothing)))
        return cls

    return decorate


@forgiving(*FAULTS)
class SharedFileCache(FileBasedCache):
    """Django's file cache for the processes of one machine, with counting that is atomic."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        with self._alone():
            return super().add(key, value, timeout, version)

    def incr(self, key, delta=1, version=None):
        """Counts on until the same moment as before, where Django's would begin a new one."""
        with self._alone():
            fname = Path(self._key_to_file(key, version))
            try:
                with fname.open("rb") as file:
                    ends = pickle.load(file)  # noqa: S301 (our own file)
            except FAULTS:
                ends = None
            value = self.get(key, version=version)
            if value is None:
                raise ValueError(f"Key '{key}' not found")
            self.set(key, value + delta, _Until(ends), version)
            return value + delta

    def _createdir(self):
        """A folder that cannot be made is met again, and forgiven, when something is written."""
        with suppress(OSError):
            super()._createdir()

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        if isinstance(timeout, _Until):
            return timeout.moment
        return super().get_backend_timeout(timeout)

    @contextmanager
    def _alone(self):
        """One process and thread at a time; without a lock where the disk refuses one."""
        try:
            self._createdir()
            file = (Path(self._dir) / "lock").open("ab")
        except OSError:
            yield
            return
        with file:
            locks.lock(file, locks.LOCK_EX)
            yield


class _Until:
    """A timeout that names the moment itself."""

    def __init__(self, moment):
        self.moment = moment
