"""A server on this machine that answers as Kolada's API v3 is documented to (all values invented).

The shapes are those of https://api.kolada.se/v3/docs: ``values``, ``count``, ``next_url``,
``previous_url``; pages by ``page`` and ``per_page``.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TITLE = "Gymnasieelever med examen inom 3 år, hemkommun, andel (%)"
ABOUT = {
    "id": "N17445",
    "title": TITLE,
    "description": "Antal elever som började för tre år sedan och har examen, delat med alla.",
    "is_divided_by_gender": True,
    "municipality_type": "K",
    "auspice": "X",
    "operating_area": "Gymnasieskola",
    "perspective": "Kvalitet",
    "prel_publication_date": None,
    "publication_date": "2026-02-18",
    "publ_period": "2025",
    "has_ou_data": True,
}


def value(number, gender="T", **more):
    return {
        "gender": gender,
        "count": 1,
        "status": "" if number is not None else "Missing",
        "value": number,
        "isdeleted": False,
    } | more


def observation(place, year, *values, kpi="N17445"):
    return {"kpi": kpi, "municipality": place, "period": year, "values": list(values)}


def page(values, next_url=None):
    return {"values": values, "count": len(values), "next_url": next_url, "previous_url": None}


class Kolada:
    """Answers of the server: by path, a document, or a list of answers for one time each.

    An answer is a document (200), a status, bytes, or ``(status, headers, body)``.
    """

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.agents = set()

    def answer(self, address):
        path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
        number = query.get("page", ["1"])[0]
        self.asked.append(path if number == "1" else f"{path}?page={number}")
        found = self.answers.get((path, number), self.answers.get(path, 404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        status, headers, body = found if isinstance(found, tuple) else (None, {}, found)
        if isinstance(body, int):
            return body, headers, b"{}"
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return status or 200, headers, content


@contextmanager
def running():
    """The server, with ``base`` as the address to give to the client."""
    known = Kolada()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):  # the name that the standard library asks for
            known.agents.add(self.headers["User-Agent"])
            status, headers, content = known.answer(self.path)
            self.send_response(status)
            for name, text in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    known.base = f"http://127.0.0.1:{server.server_port}/v3"
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
