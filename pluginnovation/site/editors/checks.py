"""What a machine can see of a page: pictures without words, skipped headings, mute films."""

from dataclasses import dataclass
from itertools import pairwise

from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.models import Page

from pluginnovation.core import live_blocks
from pluginnovation.site.models.review import PageFinding

Code = PageFinding.Code
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
# The page's field names, and what the finding is about.
FIELD_CODES = {
    "media": Code.CAPTIONS,
    "embed_captions": Code.CAPTIONS,
    "cues": Code.TRANSCRIPT,
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend. Where ``stops`` is set, the page may not go to its readers."""

    code: str
    text: str
    target: str = ""
    stops: bool = True


def findings(thing) -> list[Finding]:
    """What is to be mended on a page or report, as it is in memory."""
    if isinstance(thing, Page):
        return findings_and_main(thing)[0]
    return [*_missing_fields(thing)]


def findings_and_main(page) -> tuple[list[Finding], BeautifulSoup]:
    """The same for a page, with the main part of it that was looked at."""
    found = [*_missing_fields(page), *_not_shown(page)]
    if not getattr(page, "summary", "x"):
        found.append(Finding(Code.SUMMARY, "Sidan saknar sammanfattning."))
    main = rendered(page)
    return [*found, *in_html(main)], main


def rendered(page) -> BeautifulSoup:
    """The main part of the page as a visitor would see it, also of a draft.

    Raises ``RuntimeError`` where the page cannot be shown.
    """
    response = page.make_preview_request()
    if response.status_code >= 500:
        raise RuntimeError(f"Page {page.pk} cannot be shown")
    if hasattr(response, "render"):
        response.render()
    soup = BeautifulSoup(response.content, "html.parser")
    return soup.find("main") or soup


def in_html(main: BeautifulSoup) -> list[Finding]:
    """What is to be mended in the marked-up text."""
    return [*_pictures(main), *_headings(main), *_link_texts(main), *_films(main)]


def _not_shown(page):
    """Its reader misses nothing that is wrong, so it stops no page that is to be corrected."""
    for text in live_blocks.problems(page):
        yield Finding(Code.FIGURE, text, stops=False)


def _missing_fields(thing):
    missing = getattr(thing, "missing_for_readers", dict)
    for name, text in missing().items():
        yield Finding(FIELD_CODES.get(name, Code.CONTENT), text)


def _pictures(main):
    """Pictures that say nothing; those of the look, and those marked as decoration, need not.

    What editors upload is shown from ``images/``. A film's still stands beside its title.
    """
    for picture in main.find_all("img"):
        address, decorates = picture.get("src", ""), picture.get("role") == "presentation"
        uploaded = address.startswith(f"{settings.MEDIA_URL}images/") and not decorates
        if not picture.has_attr("alt") or (uploaded and not picture["alt"].strip()):
            name = address.rsplit("/", 1)[-1]
            yield Finding(Code.ALT, f"Bilden ”{name}” saknar alternativtext.", address)


def _headings(main):
    levels = [(int(tag.name[1]), tag.get_text(" ", strip=True)) for tag in main.find_all(HEADINGS)]
    for (before, _), (level, text) in pairwise(levels):
        if level > before + 1:
            said = f"Rubriken ”{text[:60]}” hoppar från nivå {before} till nivå {level}."
            yield Finding(Code.HEADINGS, said)


def _link_texts(main):
    for link in main.find_all("a", href=True):
        named = link.get("aria-label") or link.get("aria-labelledby") or link.find("img", alt=True)
        if not link.get_text(strip=True) and not named:
            yield Finding(Code.LINK_TEXT, "En länk saknar text.", link["href"])


def _films(main):
    for film in main.find_all("video"):
        if not film.find("track", kind="captions"):
            source = film.find("source")
            yield Finding(
                Code.CAPTIONS, "En film saknar textning.", source["src"] if source else "", False
            )
