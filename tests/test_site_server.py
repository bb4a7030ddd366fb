"""The served site: files to this machine, and nothing else to anybody."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

from dailies.failures import UsageError
from dailies.site.server import serving


@pytest.fixture
def address(tmp_path):
    site = tmp_path / "site"
    (site / "facts").mkdir(parents=True)
    (site / "index.html").write_text("<p>周报", "utf-8")
    (site / "rows.js").write_text("dailiesRows([])")
    (site / ".hidden").write_text("state")
    (tmp_path / "secret.txt").write_text("secret")
    (site / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    with serving(site, 0) as address:
        yield address


def ask(address, path, method="GET", **headers):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read(), {name.lower(): value.strip() for name, value in answer.getheaders()}


def test_a_page_comes_with_headers_that_keep_it_to_itself(address):
    assert urlsplit(address).hostname == "127.0.0.1"
    status, body, headers = ask(address, "/")
    assert (status, body.decode()) == (200, "<p>周报")
    wanted = ("content-type", "x-content-type-options", "x-frame-options", "referrer-policy", "server")
    assert {name: headers[name] for name in wanted} == {
        "content-type": "text/html; charset=utf-8",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "server": "dailies",
    }
    assert ask(address, "/rows.js")[2]["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    ["/facts/", "/facts", "/.hidden", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/way-out.txt", "/no", "//etc/passwd"],
)  # fmt: skip
def test_nothing_is_listed_and_nothing_outside_is_reached(address, path):
    status, body, headers = ask(address, path)
    assert status in (301, 404) and b"secret" not in body and b"root:" not in body
    if status == 301:
        assert ask(address, "/facts/")[0] == 404
    assert headers["x-content-type-options"] == "nosniff"


def test_a_name_elsewhere_that_points_here_gets_nothing(address):
    assert ask(address, "/", Host="rebinding.example")[0] == 421
    assert ask(address, "/", Host=f"localhost:{urlsplit(address).port}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_only_answers_who_reads(address, method):
    assert ask(address, "/", method)[0] == 501


def test_a_taken_port_is_named(address, tmp_path):
    port = urlsplit(address).port
    with pytest.raises(UsageError, match=rf"port {port} cannot be used: .*--port"), serving(tmp_path, port):
        pass
