#!/usr/bin/env python
"""Django's command line, on the embedded PostgreSQL where ``DATABASE_URL`` is not set."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluginnovation.settings.dev")
    from pluginnovation import embedded_postgres

    embedded_postgres.ensure_database_url()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
