"""Takes out of a text what could tell of a person, for whatever leaves the site to be watched."""

import re

LONGEST = 300

# Ten to twelve digits as a personal number has them, however they are separated.
_NUMBERS = (
    re.compile(r"(?<!\d)(?:\d{2})?\d{6}[^0-9A-Za-z]{0,3}\d{4}(?!\d)"),
    re.compile(r"(?<!\d)(?:\d{2})?\d{2}\W\d{2}\W\d{2}\W{0,3}\d{4}(?!\d)"),
)
_STRUCK = (
    # Mail addresses, and user and password within an address.
    (re.compile(r"[^\s/@:<>\"']+(?::[^\s/@]*)?@[\w.-]+"), "[e-post]"),
    *((pattern, "[nummer]") for pattern in _NUMBERS),
    # Where a visitor comes from.
    (re.compile(r"(?<=ip=)\S+|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), "[adress]"),
)


def scrubbed(text: str) -> str:
    """The text without numbers of persons, mail and network addresses, cut to ``LONGEST``.

    Question marks and what follows them go from everything that looks like an address.
    """
    text = re.sub(r"(/\S*?)\?\S*", r"\1", str(text)[: 10 * LONGEST])
    for pattern, instead in _STRUCK:
        text = pattern.sub(instead, text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def may_hold_a_number(text: str) -> bool:
    """Whether something in a text is shaped like a personal number, be it one or not."""
    return any(pattern.search(text) for pattern in _NUMBERS)


def path_of(request) -> str:
    """The path of a request. Below ``/konto/`` paths hold keys: there the pattern stands for it."""
    if not request.path.startswith("/konto/"):
        return scrubbed(request.path)
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "/konto/…"
