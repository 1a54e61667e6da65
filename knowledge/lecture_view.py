"""A lecture as a page: the film from a given second, chapters, transcript, data for machines."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import F, FilteredRelation, Q

from pluginnovation.core.models import SiteMedia
from pluginnovation.core.structured_data import json_ld

from .reading import works_and_cases
from .text import quoted
from .webvtt import paragraphs


def lecture_context(page, request) -> dict:
    second, dropped = start_second(request.GET.get("t", ""), page.seconds)
    chapters = list(page.chapters.all())
    qualities, media = chosen_quality(page, request.GET.get("kvalitet", ""), dropped)
    return {
        "start": second,
        "dropped": dropped,
        "sources": sources(media, second),
        "qualities": qualities,
        "player": player(page, second) if request.GET.get("visa") == "film" else "",
        "view": view_query(request.GET),
        "chapters": chapters,
        "transcript": transcript(page.cues, chapters),
        "video_object": video_object(page),
        **works_and_cases(page),
    }


def start_second(value: str, length: int) -> tuple[int, list[str]]:
    """The second to begin at, and what to say where ``value`` is none of the film."""
    if not value:
        return 0, []
    if value.isascii() and value.isdigit() and len(value) < 7 and int(value) <= (length or 10**6):
        return int(value), []
    return 0, [f"Tiden ”{quoted(value, 20)}” finns inte i filmen. Den börjar från början."]


def chosen_quality(page, name: str, dropped: list) -> tuple[list[dict], object]:
    """The qualities to choose from, with what each weighs, and the film in the chosen one."""
    films = films_of(page)
    if name not in films:
        dropped.append(f"Kvaliteten ”{quoted(name, 20)}” finns inte. Här är den vanliga.")
        name = ""
    if len(films) == 1:
        return [], films[""]
    listed = [
        {"name": code, "label": code or "Vanlig", "size": size_of(film), "chosen": code == name}
        for code, film in films.items()
    ]
    return listed, films[name]


def films_of(page) -> dict:
    """The film by the name of each quality; the common one has none (one query)."""
    if not page.media_id:
        return {"": None}
    mine = FilteredRelation("qualities", condition=Q(qualities__page=page.pk or 0))
    rows = SiteMedia.objects.annotate(mine=mine, quality=F("mine__name"))
    rows = rows.filter(Q(pk=page.media_id) | Q(mine__isnull=False)).order_by("mine__sort_order")
    films = {}
    for film in rows:
        if film.pk == page.media_id:
            page.media = film
        if film.quality:
            films[film.quality] = film
    return {"": page.media} | films


def size_of(media) -> int:
    """How many bytes the first file has; 0 where it is gone."""
    try:
        return media.file.size
    except OSError:
        return 0


def player(page, second: int) -> str:
    """The address of the film at YouTube or Vimeo, from ``second`` on."""
    return page.embed.player_from(second) if page.embed else ""


def view_query(params) -> str:
    """What a link within the page keeps: that the film elsewhere is shown, and the quality."""
    kept = [(name, params[name][:20]) for name in ("visa", "kvalitet") if params.get(name)]
    return urlencode(kept)


def sources(media, second: int) -> list[dict]:
    """The film in its formats, WebM first, each from ``second`` on (a media fragment)."""
    if not media:
        return []
    fragment = f"#t={second}" if second else ""
    files = [file for file in (media.file, media.second_file) if file and is_there(file)]
    return [{"url": f"{file.url}{fragment}", "type": media_type(file.name)} for file in files]


def is_there(file) -> bool:
    """Whether the file lies where uploads are kept; a name that leads elsewhere does not."""
    try:
        return file.storage.exists(file.name)
    except (OSError, ValueError, SuspiciousOperation):
        return False


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
    """The lecture as a schema.org VideoObject in JSON-LD."""
    media, embed = page.media, page.embed
    if not media and not embed:
        return ""
    where = (
        {"contentUrl": f"{settings.SITE_URL}{media.file.url}"}
        if media
        else {"embedUrl": embed.player, "url": embed.page}
    )
    data = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": page.title,
        "description": page.summary or page.title,
        "inLanguage": page.language or "sv",
        "uploadDate": (page.recorded or page.first_published_at or page.latest_revision_created_at),
        "duration": f"PT{page.seconds // 60}M{page.seconds % 60}S",
        **where,
        "thumbnailUrl": f"{settings.SITE_URL}{page.poster_url}" if page.poster_url else None,
        "transcript": " ".join(text for _, _, text in page.cues),
    }
    if data["uploadDate"]:
        data["uploadDate"] = data["uploadDate"].isoformat()
    return json_ld({key: value for key, value in data.items() if value})
