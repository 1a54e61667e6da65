"""Captions (WebVTT, read by webvtt-py) as cues, and cues as a transcript."""

import html

from webvtt import WebVTT
from webvtt.errors import MalformedFileError

SENTENCE_END = (".", "?", "!", "”", ":")
# A paragraph of the transcript is at most this long, so that its time stays useful.
LONGEST = 20.0


def cues_of(text: str) -> list[list]:
    """The cues of a WebVTT text as ``[start, end, text]``, in seconds; bad blocks left out."""
    try:
        captions = list(WebVTT.from_string(text.lstrip("\ufeff \r\n")))
    except MalformedFileError:
        return []
    cues = ((_seconds(one.start), _seconds(one.end), _words(one.text)) for one in captions)
    return [[start, end, words] for start, end, words in cues if words]


def _seconds(clock: str) -> float:
    """``01:02:03.500`` as ``3723.5``."""
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _words(text: str) -> str:
    return " ".join(html.unescape(text).split())


def read_cues(media) -> list[list]:
    """The cues of a film; none where it has no captions or the file is gone."""
    if not media or not media.captions:
        return []
    try:
        with media.captions.open("rb") as file:
            return cues_of(file.read().decode("utf-8-sig", errors="replace"))
    except OSError:
        return []


def paragraphs(cues: list[list]) -> list[tuple[int, str]]:
    """Cues joined to sentences: ``(second, text)``, the second rounded down."""
    made, start, words = [], None, []
    for begins, ends, text in cues:
        start = begins if start is None else start
        words.append(text)
        if text.endswith(SENTENCE_END) or ends - start > LONGEST:
            made.append((int(start), " ".join(words)))
            start, words = None, []
    if words:
        made.append((int(start), " ".join(words)))
    return made
