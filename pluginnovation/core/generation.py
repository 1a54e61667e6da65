"""The generation of what the public sees: a name that changes with every change.

Whatever is kept of a page is kept under the generation that was read before the page was made,
so nothing old can stand under a new name. A change inside a transaction counts when the
transaction is committed, and never when it is rolled back.
"""

from contextlib import contextmanager
from uuid import uuid4

from asgiref.local import Local
from django.core.cache import caches
from django.db import transaction

KEY = "generation"
_here = Local()


def current() -> str | None:
    """The name of now: one read of the shared store. None where the store is not to be had."""
    if getattr(_here, "owed", False):
        new()
    store = caches["generation"]
    name = store.get(KEY)
    if name is None and store.add(KEY, uuid4().hex, None):
        # Read again: another process may have made one at the same time.
        name = store.get(KEY)
    return None if getattr(_here, "owed", False) else name or store.get(KEY)


def changed(**kwargs) -> None:
    """Something that the public sees has changed; also a receiver of signals."""
    _here.changed = True
    transaction.on_commit(new)


def new() -> None:
    """A new name at once. Where the store does not take it, this thread owes it and tries again."""
    name = uuid4().hex
    store = caches["generation"]
    store.set(KEY, name, None)
    _here.owed = store.get(KEY) != name


@contextmanager
def settled():
    """Around a request: where it changed something, once more for what followed its signals."""
    _here.changed = False
    yield
    if _here.changed:
        new()
