"""Captions (WebVTT) as cues, and cues as a transcript."""

import re

TIMES = re.compile(
    r"^(?:(\d+):)?(\d{1,2}):(\d{2})\.(\d{3})\s+-->\s+(?:(\d+):)?(\d{1,2}):(\d{2})\.(\d{3})"
)
TAG = re.compile(r"<[^>]*>")
SENTENCE_END = (".", "?", "!", "”", ":")
# A paragraph of the transcript is at most this long, so that its time stays useful.
LONGEST = 20.0


def parse(text: str) -> list[list]:
    """The cues of a WebVTT file as ``[start, end, text]``, in seconds; bad blocks left out."""
    cues = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        for number, line in enumerate(lines):
            if found := TIMES.match(line):
                words = " ".join(" ".join(lines[number + 1 :]).split())
                if words := TAG.sub("", words):
                    cues.append([*_seconds(found), words])
                break
    return cues


def _seconds(found: re.Match) -> tuple[float, float]:
    parts = [int(part or 0) for part in found.groups()]
    return tuple(
        hours * 3600 + minutes * 60 + seconds + thousandths / 1000
        for hours, minutes, seconds, thousandths in (parts[:4], parts[4:])
    )


def read_cues(media) -> list[list]:
    """The cues of a film; none where it has no captions or the file is gone."""
    if not media or not media.captions:
        return []
    try:
        with media.captions.open("rb") as file:
            return parse(file.read().decode("utf-8-sig", errors="replace"))
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
