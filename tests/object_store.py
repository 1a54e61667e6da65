"""An object store of a few lines for tests, as much of S3 as the site asks of one."""

import threading
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class _Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def key(self):
        return unquote(urlsplit(self.path).path)

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self):
        if "AWS4-HMAC-SHA256" not in self.headers.get("Authorization", ""):
            return self.answer(403)
        self.server.kept[self.key] = self.rfile.read(int(self.headers["Content-Length"]))
        return self.answer(200, ETag='"1"')

    def listed(self, asked):
        """ListObjects: what lies straight below a prefix, and the folders there."""
        prefix = asked.get("prefix", [""])[0]
        keys = [key.removeprefix(f"{self.key}/") for key in self.server.kept]
        below = [key for key in sorted(keys) if key.startswith(prefix)]
        parts = [key.removeprefix(prefix).partition("/") for key in below]
        folders = sorted({prefix + first for first, slash, _ in parts if slash})
        files = [prefix + first for first, slash, _ in parts if not slash]
        text = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in files)
        text += "".join(
            f"<CommonPrefixes><Prefix>{escape(one)}/</Prefix></CommonPrefixes>" for one in folders
        )
        whole = f"<ListBucketResult><IsTruncated>false</IsTruncated>{text}</ListBucketResult>"
        return self.answer(200, whole.encode(), Content_Type="application/xml")

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        if "delimiter" in asked:
            return self.listed(asked)
        if self.key not in self.server.kept:
            return self.answer(404)
        body, status = self.server.kept[self.key], 200
        facts = {"ETag": '"1"', "Last_Modified": formatdate(1_700_000_000, usegmt=True)}
        facts["Content_Length"] = str(len(body))
        return self.answer(status, body, **facts)

    do_HEAD = do_GET

    def do_DELETE(self):
        self.server.kept.pop(self.key, None)
        self.answer(204)

    def log_message(self, *args):
        pass


@contextmanager
def object_store():
    """Its address and what lies in it: ``{"/bucket/name": b"..."}``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Store)
    server.kept = {}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.kept
    finally:
        server.shutdown()
        server.server_close()
