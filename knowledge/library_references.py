"""What the entries of the library are cited as.

A work by its reference, a summary by that of its study with a note on where it is told in
Swedish, a lecture as the film that it is.
"""

from django.conf import settings

from .models import LecturePage, LiteraturePage, SummaryPage
from .references import issued_of
from .text import plain


def references_of(keys: list[int]) -> list[dict]:
    """The references of these entries in their order, each work once (three queries)."""
    works = _by_key(LiteraturePage.objects.all(), keys)
    summaries = _by_key(SummaryPage.objects.select_related("work"), keys)
    lectures = _by_key(LecturePage.objects.all(), keys)
    made = {}
    for key in keys:
        if key in works:
            reference = work_reference(works[key])
        elif key in summaries and summaries[key].work:
            reference = summary_reference(summaries[key])
        elif key in lectures:
            reference = lecture_reference(lectures[key])
        else:
            continue
        made[reference["id"]] = made.get(reference["id"], {}) | reference
    return list(made.values())


def _by_key(queryset, keys) -> dict:
    return {page.pk: page for page in queryset.filter(pk__in=keys).defer("words")}


def work_reference(work) -> dict:
    abstract = plain(work.abstract)
    return work.csl | {"id": work.slug} | ({"abstract": abstract} if abstract else {})


def summary_reference(summary) -> dict:
    note = f"Sammanfattad på svenska: {settings.SITE_URL}{summary.url}"
    return work_reference(summary.work) | {"note": note}


def lecture_reference(lecture) -> dict:
    speaker = [{"literal": lecture.speaker}] if lecture.speaker else []
    return {
        "id": lecture.slug,
        "type": "motion_picture",
        "title": lecture.title,
        **({"author": speaker} if speaker else {}),
        **({"issued": issued_of(lecture.recorded)} if lecture.recorded else {}),
        **({"abstract": lecture.summary} if lecture.summary else {}),
        "publisher": settings.WAGTAIL_SITE_NAME,
        "URL": f"{settings.SITE_URL}{lecture.url}",
        "language": lecture.language or "sv",
    }
