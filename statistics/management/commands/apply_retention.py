from statistics import audit, retention

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Gallrar: tar bort originalfiler, avbrott, aktiviteter och rader i karantän vars tid är "
        "över, och skriver protokoll. Körs en gång om dagen."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="säg vad, ta inte bort något")

    def handle(self, *, dry_run, **options):
        lines = retention.apply(dry_run=dry_run)
        for line in lines:
            source = f", {line.source}" if line.source else ""
            self.stdout.write(f"{line.count} {line.get_what_display()}{source}. {line.rule}.")
            if not dry_run:
                audit.record(
                    audit.Action.ERASED, source=line.source, rows=line.count, detail=line.rule
                )
        if not lines:
            self.stdout.write("Inget är äldre än det får vara.")
        elif dry_run:
            self.stdout.write("Det var en provkörning. Inget är borttaget.")
