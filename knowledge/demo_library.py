"""Demo content: the library, its vocabularies and the films."""

from django.core.files import File

from pluginnovation.core.fixtures import CONTENT, MEDIA, read_file, read_folder
from pluginnovation.core.models import SiteDocument, SiteMedia

from .demo_files import ensure_document
from .demo_pages import Links, by_slug, ensure_page, reviewed, slug_of_work, works_of
from .demo_pictures import illustration_of
from .models import (
    FactorPage,
    LectureChapter,
    LectureIndexPage,
    LecturePage,
    LectureQuality,
    LiteratureIndexPage,
    LiteraturePage,
    RiskFactor,
    RiskFactorFact,
    Subject,
    SummaryIndexPage,
    SummaryPage,
)
from .text import first_sentence

PARENTS = {
    "forelasningar": (
        LectureIndexPage,
        "Föreläsningar",
        "Korta filmer med textning och utskrift.",
    ),
    "litteratur": (
        LiteratureIndexPage,
        "Litteratur",
        "Studier, rapporter och böcker om studieavbrott, med referat på svenska.",
    ),
    "sammanfattningar": (
        SummaryIndexPage,
        "Sammanfattningar",
        "Internationella studier, återberättade på svenska för den som har ont om tid.",
    ),
}
SUMMARY_TEXTS = ("question", "did", "result", "limits", "meaning")
SUMMARY_WORDS = ("country", "method", "method_kind", "population", "translated_by", "reviewed_by")


def ensure_library(library, links: Links) -> int:
    """Subjects, bare risk factors, works, summaries, lectures; how many entries there are."""
    _ensure_vocabularies()
    parents = {
        slug: ensure_page(library, model, slug, lambda about=about: _index(*about))
        for slug, (model, *about) in PARENTS.items()
    }
    folders = (
        ("works", "litteratur", _ensure_work),
        ("summaries", "sammanfattningar", _ensure_summary),
        ("lectures", "forelasningar", _ensure_lecture),
    )
    count = 0
    for folder, slug, ensure in folders:
        for item in read_folder(folder):
            ensure(parents[slug], item, links)
            count += 1
    return count


def _index(title: str, summary: str) -> dict:
    return {"title": title, "summary": summary} | reviewed()


def _ensure_vocabularies() -> None:
    path = CONTENT / "subjects.yaml"
    for item in read_file(path) if path.exists() else ():
        Subject.objects.get_or_create(slug=item["slug"], defaults=item)
    for item in read_folder("risk-factors"):
        words = {name: item[name].strip() for name in ("title", "summary")}
        RiskFactor.objects.get_or_create(slug=item["slug"], defaults=words)


def _sorted_by(item: dict) -> dict:
    return {
        "factors": by_slug(FactorPage, item.get("factors")),
        "risk_factors": by_slug(RiskFactor, item.get("risk_factors")),
        "subjects": by_slug(Subject, item.get("subjects")),
    }


def _ensure_work(parent, item: dict, links: Links) -> None:
    def fields():
        return (
            _sorted_by(item)
            | reviewed()
            | {
                "title": item["csl"]["title"][:255],
                "summary": first_sentence(item.get("abstract") or ""),
                "work_kind": item["kind"],
                "csl": item["csl"],
                "urn": item.get("urn") or "",
                "language": item.get("language") or "",
                "country": item.get("country") or "",
                "link": item.get("link") or "",
                "open_access": item.get("open_access"),
                "null_result": bool(item.get("null_result")),
                "abstract": links.rich(item.get("abstract")),
            }
        )

    ensure_page(parent, LiteraturePage, slug_of_work(item["id"]), fields)


def _ensure_summary(parent, item: dict, links: Links) -> None:
    def fields():
        return (
            _sorted_by(item)
            | {name: links.rich(item.get(name)) for name in SUMMARY_TEXTS}
            | {name: item.get(name) or "" for name in SUMMARY_WORDS}
            | {
                "title": item["title"],
                "summary": item["summary"].strip(),
                "work": works_of(LiteraturePage, [item["work"]])[0],
                "grade": item["evidence"]["grade"],
                "grade_reason": item["evidence"]["reason"].strip(),
                "original_url": item.get("original_url") or "",
                "reviewed": item.get("reviewed"),
                "levels": item.get("levels") or [],
            }
            | reviewed(item.get("reviewed"))
            | illustration_of(item, (item.get("factors") or [""])[0])
        )

    ensure_page(parent, SummaryPage, item["slug"], fields)


def _ensure_lecture(parent, item: dict, links: Links) -> None:
    def fields():
        found = _sorted_by(item) | {
            "title": item["title"],
            "summary": item["summary"].strip(),
            "media": _media(item),
            "speaker": item["speaker"],
            "recorded": item["recorded"],
            "seconds": item["seconds"],
            "synthetic_voice": item["synthetic_voice"],
            "body": links.rich(item.get("body")),
            "slides": _slides(item),
            "qualities": [
                LectureQuality(sort_order=number, name=one["name"], media=_small_copy(item, one))
                for number, one in enumerate(item.get("qualities") or ())
            ],
            "works": works_of(LiteraturePage, item.get("works")),
        }
        return found | reviewed(item["recorded"])

    page = ensure_page(parent, LecturePage, item["slug"], fields)
    if not page.chapters.exists():
        for number, chapter in enumerate(item["chapters"]):
            page.chapters.add(LectureChapter(sort_order=number, **chapter))
        page.save()


def _media(item: dict) -> SiteMedia:
    """The film of a lecture, its files copied to where uploads lie."""
    media = SiteMedia(title=item["title"], type="video", duration=item["seconds"])
    media.width, media.height = 1280, 720
    files = {"file": "webm", "second_file": "mp4", "captions": "captions", "thumbnail": "poster"}
    for field, name in files.items():
        if path := item.get(name):
            with (MEDIA / "lectures" / path).open("rb") as file:
                getattr(media, field).save(path, File(file), save=False)
    media.save()
    return media


def _small_copy(item: dict, quality: dict) -> SiteMedia:
    """The film once more for a slow line; the captions are those of the film."""
    media = SiteMedia(
        title=f"{item['title']}, {quality['name']}", type="video", duration=item["seconds"]
    )
    media.width, media.height = 640, 360
    with (MEDIA / "lectures" / quality["mp4"]).open("rb") as file:
        media.file.save(quality["mp4"], File(file), save=False)
    media.save()
    return media


def _slides(item: dict) -> SiteDocument | None:
    """The pictures of a lecture with what is said over each."""
    if not item.get("slides"):
        return None
    path = MEDIA / "lectures" / item["slides"]
    return ensure_document(f"Bilder och text: {item['title']}", path.name, path.read_bytes)


def ensure_risk_factors(links: Links) -> int:
    """The texts of the risk factors that have none yet; they need the works to be there."""
    items = read_folder("risk-factors")
    for item in items:
        risk = RiskFactor.objects.get(slug=item["slug"])
        if not (risk.intro or risk.facts.exists()):
            _fill_risk_factor(risk, item, links)
    return len(items)


def _fill_risk_factor(risk, item: dict, links: Links) -> None:
    for name in ("intro", "debate", "school"):
        setattr(risk, name, links.rich(item.get(name)))
    for name, value in illustration_of(item).items():
        setattr(risk, name, value)
    risk.works = works_of(LiteraturePage, item.get("works"))
    risk.factors = by_slug(FactorPage, item.get("factors"))
    for number, fact in enumerate(item["facts"]):
        risk.facts.add(_fact(fact, number))
    risk.save()


def _fact(item: dict, number: int) -> RiskFactorFact:
    work = works_of(LiteraturePage, [item["work"]])[0] if item.get("work") else None
    return RiskFactorFact(
        sort_order=number,
        text=item["text"],
        country=item.get("country") or "",
        year=str(item.get("year") or ""),
        work=work,
        source=item.get("source") or "",
        url=item.get("url") or "",
    )
