"""Serves a folder on this machine only: files as they are, nothing listed, nothing outside, in nobody's frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from dailies.failures import UsageError

HOST = "127.0.0.1"
_OWN_NAMES = ("127.0.0.1", "localhost")
"""Names by which this machine is asked for itself; any other is a page elsewhere that had its name point here."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for files below its folder."""

    protocol_version = "HTTP/1.1"
    server_version = "dailies"
    sys_version = ""
    timeout = 30
    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".atom": "application/atom+xml; charset=utf-8",
    }

    def send_head(self) -> Any:
        """The file, unless it was asked for under a stranger's name, is hidden, or lies elsewhere behind a link."""
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _OWN_NAMES:
            return self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        asked, folder = Path(self.translate_path(self.path)), Path(self.directory).resolve()
        if any(part.startswith(".") for part in asked.relative_to(self.directory).parts):
            return self._refuse(HTTPStatus.NOT_FOUND)
        if not asked.resolve().is_relative_to(folder):
            return self._refuse(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """A folder without an index is not told from what is not there."""
        return self._refuse(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Every answer, errors too, carries the headers that keep pages to themselves."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """A reader who leaves in the middle is no failure of ours."""
        try:
            super().copyfile(source, outputfile)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Who reads what is nobody's business."""

    def _refuse(self, status: HTTPStatus) -> None:
        self.send_error(status)


@contextmanager
def serving(folder: Path, port: int) -> Iterator[str]:
    """The address under which the folder is served until the block ends; port 0 takes a free one.

    Raises UsageError where the port is taken or forbidden.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(SiteHandler, directory=str(folder)))
    except OSError as error:
        raise UsageError(f"port {port} cannot be used: {error.strerror}; choose another with --port") from error
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
