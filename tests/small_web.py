"""A small web on loopback that answers as a test says, badly too, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """One request: its path with query, headers by lower-case name, and when it began and was answered."""

    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0


@dataclass(frozen=True)
class Answer:
    """What the web says. `drop`: it hangs up instead. `chunks`: sent one by one, without a Content-Length."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0
    drop: bool = False
    chunks: Callable[[], Iterator[bytes]] | None = None


Route = Answer | Callable[[Asked], Answer]


class SmallWeb:
    """Answers by path; a path without a route is 404. `most_at_once`: the most requests ever open together."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_port
        self.address = f"127.0.0.1:{self.port}"
        self.base = f"http://{self.address}"
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._open = 0
        self._lock = threading.Lock()

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.asked]

    def count(self, path: str) -> int:
        return self.paths().count(path)

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        route = self.routes.get(asked.path.partition("?")[0], Answer(b"not here", 404))
        return route(asked) if callable(route) else route

    def answered(self) -> None:
        with self._lock:
            self._open -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    web: SmallWeb

    def do_GET(self):
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
        answer = self.web.answer(asked)
        try:
            with suppress(OSError):
                self._send(answer)
        finally:
            self.web.answered()

    def _send(self, answer: Answer) -> None:
        time.sleep(answer.after)
        self.close_connection = answer.drop or answer.chunks is not None
        if answer.drop:
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.chunks is None and "Content-Length" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.status != 304:
            for chunk in answer.chunks() if answer.chunks else [answer.body]:
                self.wfile.write(chunk)

    def log_message(self, format, *arguments):
        pass


@contextmanager
def small_web() -> Iterator[SmallWeb]:
    """Serve for as long as the context lasts, on any free port."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.web = SmallWeb(server)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield handler.web
    finally:
        server.shutdown()
        server.server_close()


def page(title: str = "An article") -> Answer:
    """An article's page."""
    text = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>Some text.</p></body></html>"
    return Answer(text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def rss(*items: str, channel: str = "") -> Answer:
    """A feed of ready-made items."""
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>A feed</title>{channel}'
    text += "".join(items) + "</channel></rss>"
    return Answer(text.encode(), headers={"Content-Type": "application/rss+xml"})


def item(link: str, title: str = "An article", date: str | None = None, text: str = "A summary.") -> str:
    """One item of a feed."""
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>{link}</link>{dated}<description>{text}</description></item>"


def with_validators(answer: Answer, etag: str | None = '"v1"', last_modified: str | None = None) -> Route:
    """The answer, or 304 to whoever sends its validators back exactly."""
    sent = {"ETag": etag, "Last-Modified": last_modified}
    headers = {name: value for name, value in sent.items() if value}

    def route(asked: Asked) -> Answer:
        given = {"ETag": asked.headers.get("if-none-match"), "Last-Modified": asked.headers.get("if-modified-since")}
        if all(given[name] == value for name, value in headers.items()):
            return Answer(status=304, headers=headers)
        return Answer(answer.body, answer.status, {**answer.headers, **headers})

    return route
