"""A lecture as a page: the film from a given second, chapters, transcript, data for machines."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

from .text import quoted
from .visible import published
from .webvtt import paragraphs

# What would end the script element, or begin a comment in it.
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def lecture_context(page, request) -> dict:
    second, dropped = start_second(request.GET.get("t", ""), page.seconds)
    chapters = list(page.chapters.all())
    return {
        "start": second,
        "dropped": dropped,
        "sources": sources(page.media, second),
        "chapters": chapters,
        "transcript": transcript(page.cues, chapters),
        "works": published(page.works.all()).order_by("title"),
        "video_object": video_object(page),
    }


def start_second(value: str, length: int) -> tuple[int, list[str]]:
    """The second to begin at, and what to say where ``value`` is none of the film."""
    if not value:
        return 0, []
    if value.isascii() and value.isdigit() and len(value) < 7 and int(value) <= (length or 10**6):
        return int(value), []
    return 0, [f"Tiden ”{quoted(value, 20)}” finns inte i filmen. Den börjar från början."]


def sources(media, second: int) -> list[dict]:
    """The film in its formats, WebM first, each from ``second`` on (a media fragment)."""
    if not media:
        return []
    fragment = f"#t={second}" if second else ""
    files = [file for file in (media.file, media.second_file) if file]
    return [{"url": f"{file.url}{fragment}", "type": media_type(file.name)} for file in files]


def media_type(name: str) -> str:
    return "video/mp4" if name.lower().endswith(".mp4") else "video/webm"


def clock(second: int) -> str:
    """``83`` as ``1:23``."""
    minutes, seconds = divmod(second, 60)
    return f"{minutes}:{seconds:02}"


def transcript(cues, chapters) -> list[dict]:
    """The sentences of the film below its chapters: ``{"title", "lines": [...]}``."""
    parts = [{"title": chapter.title, "at": chapter.at, "lines": []} for chapter in chapters]
    if not parts or parts[0]["at"] > 0:
        parts.insert(0, {"title": "", "at": 0, "lines": []})
    for second, text in paragraphs(cues):
        # A sentence may begin a moment before its chapter does.
        part = [part for part in parts if part["at"] <= second + 1][-1]
        part["lines"].append({"second": second, "clock": clock(second), "text": text})
    return [part for part in parts if part["lines"]]


def video_object(page) -> str:
    """The lecture as a schema.org VideoObject in JSON-LD, safe inside a script element."""
    media = page.media
    if not media:
        return ""
    data = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": page.title,
        "description": page.summary or page.title,
        "inLanguage": page.language or "sv",
        "uploadDate": (page.recorded or page.first_published_at or page.latest_revision_created_at),
        "duration": f"PT{page.seconds // 60}M{page.seconds % 60}S",
        "contentUrl": f"{settings.SITE_URL}{media.file.url}",
        "thumbnailUrl": f"{settings.SITE_URL}{media.thumbnail.url}" if media.thumbnail else None,
        "transcript": " ".join(text for _, _, text in page.cues),
    }
    if data["uploadDate"]:
        data["uploadDate"] = data["uploadDate"].isoformat()
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return mark_safe(text.translate(UNSAFE))  # noqa: S308 (escaped in the line above)
