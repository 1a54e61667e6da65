"""The generation of what the public sees: a name that changes with every change.

Whatever is kept of a page is kept under the generation that was read before the page was made,
so nothing old can stand under a new name. A change inside a transaction counts when the
transaction is committed, and never when it is rolled back.
"""

from contextlib import contextmanager
from functools import lru_cache, wraps
from uuid import uuid4

from asgiref.local import Local
from django.core.cache import caches
from django.db import connection, transaction

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


def kept_in_process(size: int):
    """Decorator: what a function read of the public's data is read anew when some of it changes.

    ``size`` is how many answers a process keeps; the arguments have to be hashable. Nobody may
    change an answer. Inside a transaction, which may see what others do not, nothing is kept.
    """

    def decorate(read):
        kept = lru_cache(maxsize=size)(lambda name, *args: read(*args))

        @wraps(read)
        def answer(*args):
            name = None if connection.in_atomic_block else current()
            return kept(name, *args) if name else read(*args)

        return answer

    return decorate
