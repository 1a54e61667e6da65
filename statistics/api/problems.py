"""What the API says when it cannot answer, and words for its sentences."""

from pluginnovation.core.problems import Problem, answer

__all__ = ["Problem", "answer", "listed", "quoted"]


def listed(codes) -> str:
    """The first codes of a list, for a sentence that says what there is."""
    codes = list(codes)
    return ", ".join(codes[:12]) + (" …" if len(codes) > 12 else "")


def quoted(value: str) -> str:
    """What somebody sent, short and printable."""
    shown = "".join(char if char.isprintable() else "?" for char in value[:40])
    return f"”{shown}”"
