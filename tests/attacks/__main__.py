"""``python -m tests.attacks``: run the attacks on the synthetic records, write docs/skydd.md.

On a database of its own. The part of the document between the two marks is written anew.
"""

import os
import sys
from datetime import date

from pluginnovation import embedded_postgres

from ..running_site import fresh_database

PAGE = embedded_postgres.ROOT / "docs" / "skydd.md"
START, END = "<!-- measured -->", "<!-- /measured -->"


def main() -> int:
    started_here = not os.environ.get("DATABASE_URL") and not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    try:
        os.environ["DATABASE_URL"] = fresh_database("pluginnovation_attacks")
        os.environ["DJANGO_SETTINGS_MODULE"] = "pluginnovation.settings.test"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        from . import report

        text = report.document(date.today())
        connections.close_all()
    finally:
        if started_here:
            embedded_postgres.stop()
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(START)[0], page.split(END)[1]
    PAGE.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
