"""The national statistics beside ours: what its sources say, and what Kolada says by municipality.

Nothing here rests on our own records.
"""

from .local import Completion, CompletionYear, completion

__all__ = ["Completion", "CompletionYear", "completion"]
