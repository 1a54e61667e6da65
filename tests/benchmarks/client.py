"""A client that costs little beside what it measures: one connection, bytes there and back."""

import socket
import threading
import time
from urllib.parse import urlsplit

from pluginnovation.site.page_cache import BYPASS

_BYPASS = BYPASS.removeprefix("HTTP_").replace("_", "-")
TIMEOUT = 30


def request_bytes(site: str, address: str, anew: bool) -> bytes:
    lines = [f"GET {address} HTTP/1.1", f"Host: {urlsplit(site).netloc}", "Accept-Encoding: gzip"]
    lines += [f"{_BYPASS}: 1"] if anew else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Client:
    def __init__(self, site: str):
        parts = urlsplit(site)
        self._where = (parts.hostname, parts.port)
        self._socket = None

    def seconds(self, request: bytes) -> float:
        """The time of one request; RuntimeError where the answer is not 200."""
        started = time.perf_counter()
        status = self._ask(request)
        taken = time.perf_counter() - started
        if status != b"200":
            raise RuntimeError(f"{request.split()[1].decode()} answered {status.decode()}")
        return taken

    def _ask(self, request: bytes) -> bytes:
        fresh = self._socket is None
        try:
            return self._exchange(request)
        except OSError:
            # The server may end a connection that has been idle, or served enough.
            self.close()
            if fresh:
                raise
            return self._exchange(request)

    def _exchange(self, request: bytes) -> bytes:
        if self._socket is None:
            self._socket = socket.create_connection(self._where, timeout=TIMEOUT)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        lower = head.lower()
        left = int(lower.split(b"content-length:")[1].split(b"\r\n")[0]) - len(body)
        while left > 0:
            left -= len(self._more())
        if b"connection: close" in lower:
            self.close()
        return head.split(b" ", 2)[1]

    def _more(self) -> bytes:
        got = self._socket.recv(65536)
        if not got:
            raise ConnectionError("The server closed the connection")
        return got

    def close(self):
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def together(clients: list[Client], request: bytes, seconds: float) -> list[float]:
    """The times of all requests that ``clients`` make side by side for ``seconds``."""
    times, faults = [], []
    until = time.perf_counter() + seconds

    def work(client):
        mine = []
        try:
            while time.perf_counter() < until:
                mine.append(client.seconds(request))
        except Exception as fault:
            faults.append(fault)
        times.extend(mine)

    threads = [threading.Thread(target=work, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return times
