"""The sample records of the project, taken in the way that every file is taken in."""

from django.conf import settings
from django.contrib.auth import get_user_model

from . import rights
from .ingestion.loader import import_file
from .ingestion.report import Report
from .models import ImportBatch, Publication, Source
from .publication import publish
from .synthetic import FILE_NAMES

SOURCE = "gr-demo"
RECORDS = settings.ROOT / "fixtures" / "records"


def load(home=None, stdout=None) -> None:
    """Take in the four synthetic files as source ``gr-demo``, once, and publish their figures.

    A kind of file that the source has a delivery of in force is left alone. ``home`` is there
    because every app's demo is given the home page; records have no pages.
    """
    source, _ = Source.objects.get_or_create(
        code=SOURCE,
        defaults={
            "name": "Göteborgsregionen (syntetiska uppgifter)",
            "kind": Source.Kind.REGION,
            "synthetic": True,
        },
    )
    for kind in FILE_NAMES:
        report = _take_in(kind, source)
        if report and stdout:
            stdout.write(f"  {report.file_name}: {report.new} nya av {report.rows} rader\n")
    if not Publication.objects.exists():
        publish()


def load_senders() -> None:
    """A source of its own for each demo person who may send in files."""
    for user in get_user_model().objects.filter(
        role=rights.REPORTER, email__endswith="@demo.example", municipality__isnull=False
    ):
        place = user.municipality
        source, is_new = Source.objects.get_or_create(
            code=f"demo-{place.code}",
            defaults={
                "name": f"{place.name} (syntetiska uppgifter)",
                "kind": Source.Kind.MUNICIPALITY,
                "synthetic": True,
            },
        )
        if is_new:
            source.municipalities.add(place)
            source.senders.add(user)


def _take_in(kind: str, source: Source) -> Report | None:
    data = (RECORDS / FILE_NAMES[kind]).read_bytes()
    if ImportBatch.objects.in_force().filter(source=source, kind=kind).exists():
        return None
    report = import_file(data, FILE_NAMES[kind], source)
    if report.has_errors:
        raise RuntimeError(f"{FILE_NAMES[kind]}: {report.errors[0]}")
    return report
