"""Counts the queries of the addresses given, each made anew for the second time.

Run with the environment of a site; prints a JSON list.
"""

import json
import sys

import django
from django.conf import settings


def main() -> None:
    django.setup()
    settings.PAGE_CACHE = False
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(headers={"host": settings.SITE_URL.split("//")[1]}), []
    for address in sys.argv[1:]:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        counts.append(len(queries))
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
