import json
import sys
from pathlib import Path
from statistics import audit
from statistics.ingestion import originals
from statistics.ingestion.findings import UnusableFile
from statistics.ingestion.loader import import_file
from statistics.ingestion.reader import content_of
from statistics.ingestion.report import Report
from statistics.models import Source

from django.core.management.base import BaseCommand
from tqdm import tqdm

TAKEN_IN, ROWS_WITH_ERRORS, UNUSABLE = 0, 1, 2


class NoReport(Exception):
    """The place that was named for the report takes none."""


class Command(BaseCommand):
    help = (
        "Läser in en fil med avbrott, aktiviteter, elever eller skolenheter. Avslutas med 0 när "
        "filen är inläst, 1 när rader har fel (inget ändras) och 2 när filen inte går att använda. "
        "Med --accept-valid läses de rätta raderna in (0) och de andra väntar i karantän."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV eller XLSX")
        parser.add_argument("--source", required=True, metavar="CODE", help="källans kod")
        parser.add_argument("--dry-run", action="store_true", help="pröva utan att spara")
        parser.add_argument(
            "--accept-valid",
            action="store_true",
            help="läs in de rader som är rätt och lägg de andra i karantän",
        )
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="rapporten som JSON")

    def handle(self, *, file, source, dry_run, accept_valid, report, **options):
        try:
            _writable(report)
            source, data = _source(source), content_of(file)
            original = None if dry_run else originals.keep(data, file.name, source)
            result = _take_in(data, file.name, source, original, dry_run, accept_valid)
        except NoReport as error:
            self.stderr.write(str(error))
            sys.exit(UNUSABLE)
        except UnusableFile as error:
            self._save(report, {"status": UNUSABLE, "message": str(error)})
            self.stderr.write(str(error))
            sys.exit(UNUSABLE)
        if result.batch:
            _log(result)
        refused = result.has_errors and not accept_valid
        status = ROWS_WITH_ERRORS if refused else TAKEN_IN
        self._save(report, {"status": status, "dry_run": dry_run, **result.as_dict()})
        self._tell(result, dry_run, refused)
        if status:
            sys.exit(status)

    def _tell(self, result: Report, dry_run: bool, refused: bool) -> None:
        for column in result.unknown_columns:
            self.stdout.write(f"Kolumnen {column} är okänd och läses inte.")
        for warning in (*result.notices, *result.warnings):
            self.stdout.write(f"Varning. {warning}")
        for error in result.errors:
            self.stdout.write(str(error))
        self.stdout.write(_summary(result))
        if refused:
            self.stdout.write("Inget är ändrat. Rätta raderna och skicka in filen på nytt.")
        elif dry_run:
            self.stdout.write("Det var en provkörning. Inget är sparat.")
        else:
            self.stdout.write(f"Filen är inläst som leverans {result.batch.pk}.")
            if result.wrong:
                self.stdout.write(f"{result.wrong} rader med fel väntar i karantän.")

    def _save(self, path: Path | None, content: dict) -> None:
        if path:
            text = json.dumps(content, ensure_ascii=False, indent=1)
            path.write_text(text + "\n", encoding="utf-8")


def _writable(report: Path | None) -> None:
    """Known before anything is taken in: afterwards the status would tell the wrong thing."""
    try:
        if report:
            report.open("a").close()
    except OSError:
        raise NoReport("Rapporten går inte att skriva dit. Ingenting är inläst.") from None


def _source(code: str) -> Source:
    source = Source.objects.filter(code=code).first() if code.isprintable() else None
    if source is None:
        known = ", ".join(Source.objects.order_by("code").values_list("code", flat=True))
        raise UnusableFile(
            "Källan är okänd. " + (f"Kända källor: {known}." if known else "Ingen är upplagd än.")
        )
    return source


def _take_in(data, file_name, source, original, dry_run, accept_valid) -> Report:
    """The original is kept with what was taken in, and for nothing else."""
    taken = None
    try:
        with Bar() as bar:
            result = import_file(
                data,
                file_name,
                source,
                dry_run=dry_run,
                accept_valid=accept_valid,
                original=original,
                progress=bar,
            )
        taken = result.batch
        return result
    finally:
        if original and not taken:
            originals.remove(original)
            original.delete()


def _log(result: Report) -> None:
    batch = result.batch
    about = {"source": batch.source, "sha256": batch.sha256, "detail": batch.file_name}
    audit.record(audit.Action.TAKEN_IN, rows=batch.rows - batch.quarantined, **about)
    if batch.quarantined:
        audit.record(audit.Action.QUARANTINED, rows=batch.quarantined, **about)


class Bar:
    """A bar on a terminal, nothing elsewhere."""

    STEPS = {"reading": "Läser rader", "comparing": "Jämför", "storing": "Sparar"}

    def __enter__(self):
        self._bar = tqdm(unit=" rader", disable=None, leave=False)
        return self

    def __exit__(self, *error):
        self._bar.close()

    def __call__(self, step: str, done: int, total: int) -> None:
        self._bar.set_description(self.STEPS[step], refresh=False)
        self._bar.total, self._bar.n = total, done
        self._bar.refresh()


def _summary(result: Report) -> str:
    text = (
        f"{result.rows} rader i en fil med {result.kind_name}: {result.new} nya, "
        f"{result.changed} ändrade, {result.unchanged} oförändrade"
    )
    return f"{text}, {result.wrong} med fel." if result.has_errors else f"{text}."
