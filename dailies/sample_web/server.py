"""Serves the sample web on loopback as a web server would: validators, 304, HEAD and 404, one thread per connection."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from dailies.sample_web.catalogue import all_posts, load_sites
from dailies.sample_web.documents import Document, article_page, feed, index_page, root_page, text_file

HOST = "127.0.0.1"
DEFAULT_PORT = 8765


class SampleWeb:
    """The sample web at one address. Documents are rendered when first asked for, then kept."""

    def __init__(self, port: int) -> None:
        self.base_url = f"http://{HOST}:{port}"
        self.port = port
        self._documents = self._routes()

    def document(self, path: str) -> Document | None:
        """What stands at a path (without query); None where nothing does."""
        make = self._documents.get(path)
        return make() if make else None

    def paths(self) -> list[str]:
        """Every path that answers."""
        return list(self._documents)

    def _routes(self) -> dict[str, Callable[[], Document]]:
        routes: dict[str, Callable[[], Document]] = {
            "/": root_page,
            "/robots.txt": partial(text_file, "robots.txt", "text/plain; charset=utf-8", self.base_url),
            "/sample.css": partial(text_file, "sample.css", "text/css; charset=utf-8", self.base_url),
        }
        for site in load_sites().values():
            routes[site.root] = partial(index_page, site)
            routes[site.feed_path] = partial(feed, site, self.base_url)
        routes |= {post.path: partial(article_page, post) for post in all_posts()}
        return {path: cache(make) for path, make in routes.items()}


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from a SampleWeb."""

    protocol_version = "HTTP/1.1"
    server_version = "SampleWeb"
    disable_nagle_algorithm = True  # head and body are two writes: without this, each answer waits 40 ms for an ACK

    def __init__(self, web: SampleWeb, *arguments: Any) -> None:
        self._web = web
        super().__init__(*arguments)

    def do_GET(self) -> None:
        document = self._web.document(urlsplit(self.path).path)
        if document is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        unchanged = _is_unchanged(document, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK)
        self.send_header("ETag", document.etag)
        self.send_header("Last-Modified", format_datetime(document.modified.astimezone(UTC), usegmt=True))
        if not unchanged:
            self.send_header("Content-Type", document.content_type)
            self.send_header("Content-Length", str(len(document.body)))
        self.end_headers()
        if self.command == "GET" and not unchanged:
            self.wfile.write(document.body)

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the run that crawls us reports for itself."""


def _is_unchanged(document: Document, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the client's copy is current; If-None-Match alone decides where it is sent (RFC 9110 13.2.2)."""
    if if_none_match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return bool(tags & {"*", document.etag})
    if if_modified_since is None:
        return False
    try:
        since: datetime = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return document.modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))


@contextmanager
def serve(port: int = DEFAULT_PORT) -> Iterator[SampleWeb]:
    """Serve the sample web on loopback for as long as the context lasts.

    Where `port` is taken, any free port is used instead (0 asks for one): no address that is kept may hold the port,
    see `catalogue.public_url`. Raises OSError where loopback cannot be listened on at all.
    """
    with _listen(port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="sample-web", daemon=True)
        thread.start()
        try:
            yield server.web
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), self._handle)
        self.web = SampleWeb(self.server_port)

    def server_bind(self) -> None:
        """Bind without looking up our own name, which without a network can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def _handle(self, *arguments: Any) -> _Handler:
        return _Handler(self.web, *arguments)


def _listen(port: int) -> _Server:
    try:
        return _Server(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _Server(0)
