"""Films at YouTube and Vimeo: where they are, and what may be loaded from where.

Nothing is fetched from either before the visitor has asked for it; then the film comes in the
form that sets no cookie before it plays (youtube-nocookie.com) or that tracks nobody (dnt=1).
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_ID = re.compile(r"\d{6,12}")
VIMEO_HASH = re.compile(r"[0-9a-f]{6,20}")
YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "player.vimeo.com"}
YOUTUBE_PATHS = {"embed", "shorts", "live", "v"}


@dataclass(frozen=True)
class Embed:
    """A film elsewhere. ``origin`` is the one address that its page may load a frame from."""

    provider: str
    origin: str
    player: str
    page: str

    def player_from(self, second: int) -> str:
        """The address of the player, beginning at ``second``."""
        if not second:
            return self.player
        mark = f"&start={second}" if self.provider == "YouTube" else f"#t={second}s"
        return self.player + mark


def embed_of(address: str) -> Embed | None:
    """The film that ``address`` leads to; None where it is none of the two providers."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    steps = [step for step in parts.path.split("/") if step]
    if host == "youtu.be" or host in YOUTUBE_HOSTS:
        return _youtube(host, steps, parse_qs(parts.query))
    return _vimeo(steps, parse_qs(parts.query)) if host in VIMEO_HOSTS else None


def _youtube(host, steps, query) -> Embed | None:
    if host == "youtu.be":
        name = steps[0] if steps else ""
    elif len(steps) > 1 and steps[0] in YOUTUBE_PATHS:
        name = steps[1]
    else:
        name = query.get("v", [""])[0]
    if not YOUTUBE_ID.fullmatch(name):
        return None
    origin = "https://www.youtube-nocookie.com"
    player = f"{origin}/embed/{name}?cc_load_policy=1&cc_lang_pref=sv&hl=sv&rel=0"
    return Embed("YouTube", origin, player, f"https://www.youtube.com/watch?v={name}")


def _vimeo(steps, query) -> Embed | None:
    """A film that is not listed has a hash after its number, which the player needs too."""
    number = next((step for step in steps if VIMEO_ID.fullmatch(step)), "")
    if not number:
        return None
    after = steps[steps.index(number) + 1 :]
    secret = next(iter([*after, *query.get("h", [])]), "")
    secret = secret if VIMEO_HASH.fullmatch(secret) else ""
    origin = "https://player.vimeo.com"
    player = f"{origin}/video/{number}?dnt=1" + (f"&h={secret}" if secret else "")
    page = f"https://vimeo.com/{number}" + (f"/{secret}" if secret else "")
    return Embed("Vimeo", origin, player, page)
