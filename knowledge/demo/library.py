"""Works, lectures and summaries."""

from django.core.files import File

from pluginnovation.core.fixtures import MEDIA, read_folder
from pluginnovation.core.models import SiteMedia

from .. import models
from .shared import missing, reviewed, some, text, today


def _sorted_into(page, item, factors):
    """Set what all items of the library are sorted by."""
    slugs = item.get("risk_factors") or []
    page.factors = some(factors, item.get("factors"))
    page.risk_factors = list(models.RiskFactor.objects.filter(slug__in=slugs))
    page.subjects = list(models.Subject.objects.filter(slug__in=item.get("subjects") or []))
    return page


def works_of(shelf, factors) -> dict:
    for item in missing(shelf, "works", key="id"):
        page = models.LiteraturePage(
            slug=item["id"],
            title=item["csl"]["title"],
            summary="",
            work_kind=item["kind"],
            csl=item["csl"],
            urn=item.get("urn") or "",
            link=item.get("link") or "",
            open_access=item.get("open_access"),
            null_result=bool(item.get("null_result")),
            abstract=text(item["abstract"]),
            language=item["language"],
            country=item.get("country") or "",
            last_reviewed=today(),
        )
        shelf.add_child(instance=_sorted_into(page, item, factors))
    return {page.slug: page for page in models.LiteraturePage.objects.child_of(shelf)}


def lectures_of(shelf, factors, works) -> int:
    for item in missing(shelf, "lectures"):
        page = models.LecturePage(
            **reviewed(item),
            media=_film(item),
            speaker=item["speaker"],
            recorded=item["recorded"],
            seconds=item["seconds"],
            synthetic_voice=item["synthetic_voice"],
            body=text(item.get("body")),
        )
        page.chapters = [
            models.LectureChapter(at=chapter["at"], title=chapter["title"], sort_order=number)
            for number, chapter in enumerate(item["chapters"])
        ]
        page.works = some(works, item.get("works"))
        shelf.add_child(instance=_sorted_into(page, item, factors))
    return len(read_folder("lectures"))


def _film(item) -> SiteMedia:
    """The film with its second format, captions and poster, copied to the media folder."""
    film = SiteMedia(title=item["title"], type="video", duration=item["seconds"])
    files = {"file": "webm", "second_file": "mp4", "captions": "captions", "thumbnail": "poster"}
    for field, key in files.items():
        path = MEDIA / "lectures" / item[key]
        with path.open("rb") as file:
            getattr(film, field).save(path.name, File(file), save=False)
    film.save()
    return film


def summaries_of(shelf, factors, works) -> int:
    for item in missing(shelf, "summaries"):
        shelf.add_child(instance=_sorted_into(_summary(item, works), item, factors))
    return len(read_folder("summaries"))


def _summary(item, works):
    fields = {
        name: text(item.get(name)) for name in ("question", "did", "result", "limits", "meaning")
    }
    names = ("country", "method", "method_kind", "population", "original_url", "translated_by")
    fields |= {name: (item.get(name) or "").strip() for name in names}
    return models.SummaryPage(
        **reviewed(item),
        **fields,
        work=works.get(item["work"]),
        grade=item["evidence"]["grade"],
        grade_reason=item["evidence"]["reason"],
        reviewed_by=item.get("reviewed_by") or "",
        reviewed=item.get("reviewed"),
        levels=item.get("levels") or [],
    )
