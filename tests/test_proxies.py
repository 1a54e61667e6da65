"""The proxies' files of ``deploy/`` before a site, where the programs are installed."""

import re
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from pluginnovation.embedded_postgres import ROOT

from .running_site import free_port

SITE = "pluginnovation.example"
FILM = bytes(range(200)) * 50


class Handing(BaseHTTPRequestHandler):
    """A site that hands every file over, or sends visitors on with their question."""

    def do_GET(self):
        self.send_response(302 if self.path.startswith("/sok") else 200)
        if self.path.startswith("/sok"):
            self.send_header("Location", "https://elsewhere.example/?q=hemligt")
        else:
            self.send_header("X-Accel-Redirect", f"/-/media{self.path}")
            self.send_header("Content-Type", "video/webm")
        self.send_header("Cache-Control", "private")
        self.end_headers()

    def log_message(self, *args):
        pass


def caddy(folder, text, port):
    """Without HTTPS and without its own address for administration."""
    text = text.replace(f"{SITE} {{", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}")
    return ["caddy", "run", "--config", folder / "Caddyfile"]


def nginx(folder, text, port):
    text = re.sub(r"^ +ssl_.*\n", "", text, flags=re.M)
    text = text.replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.S)
    types = "types { text/html html; text/css css; }"
    whole = f"daemon off; pid {folder}/pid; user root; events {{}} http {{ {types} {text} }}"
    (folder / "nginx.conf").write_text(whole)
    return ["nginx", "-c", folder / "nginx.conf", "-e", folder / "error.log"]


@contextmanager
def running(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                requests.get(f"http://127.0.0.1:{port}/static/none", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize(
    ("program", "file"), [(caddy, "Caddyfile"), (nginx, "nginx.conf")], ids=["caddy", "nginx"]
)
def test_a_proxy_sends_parts_of_films_and_says_in_swedish_that_the_site_is_away(
    program, file, tmp_path
):
    if not shutil.which(program.__name__):
        pytest.skip(f"no {program.__name__} here")
    (tmp_path / "media").mkdir()
    (tmp_path / "media/film.webm").write_bytes(FILM)
    site = ThreadingHTTPServer(("127.0.0.1", 0), Handing)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    text = (ROOT / "deploy" / file).read_text()
    for here, there in (
        ("/srv/pluginnovation/var", str(tmp_path)),
        ("/srv/pluginnovation/app", str(ROOT)),
        ("127.0.0.1:8000", f"127.0.0.1:{site.server_port}"),
        (f"/var/log/{program.__name__}", str(tmp_path)),
    ):
        assert here in text
        text = text.replace(here, there)
    port = free_port()
    with running(program(tmp_path, text, port), port) as address:
        part = requests.get(f"{address}/film.webm", headers={"Range": "bytes=3-6"}, timeout=10)
        assert (part.status_code, part.content) == (206, FILM[3:7])
        assert part.headers["Content-Type"] == "video/webm"
        assert "X-Accel-Redirect" not in part.headers
        requests.get(f"{address}/sok/?q=hemligt", timeout=10, allow_redirects=False)
        site.shutdown()
        site.server_close()
        away = requests.get(f"{address}/", timeout=10)
        assert away.status_code == 502 and away.headers["Retry-After"] == "30"
        assert away.headers["Cache-Control"] == "no-store"
        assert "är snart tillbaka" in away.content.decode()
    log = (tmp_path / "pluginnovation.log").read_text()
    assert "/sok/" in log and "hemligt" not in log
