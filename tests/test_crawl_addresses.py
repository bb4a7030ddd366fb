"""No crawl reaches an address that is not public: by name, number, redirect or a second answer of the name server."""

from __future__ import annotations

import time

import pytest

from crawlers.crawl import CrawlSettings
from crawlers.manners.address_guard import is_public
from crawlers.ports import CrawlSource
from crawlers.site import site_of
from tests.crawling import never, source, unknown
from tests.small_web import Answer, item, page, rss, small_web

PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111"]
PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "239.255.255.250", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::",
    "2001:0:7f00:1::", "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


def at(url: str) -> CrawlSource:
    return CrawlSource("one", "rss", url, "en")


def test_a_source_on_another_loopback_port_is_refused(web, crawling):
    with small_web() as other:
        other.routes["/feed"] = rss(item("/a"))
        outcomes = crawling.run(source(other))

    assert outcomes == {"one": ("forbidden_address", "127.0.0.1 leads to 127.0.0.1, which is not public")}
    assert other.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "0.0.0.0", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1."]
)
def test_other_spellings_of_the_allowed_address_are_refused(web, crawling, host):
    web.routes["/feed"] = rss(item("/a"))

    kind, _ = crawling.run(at(f"http://{host}:{web.port}/feed"))["one"]

    assert kind in ("forbidden_address", "unreachable")
    assert web.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{other}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{other}/secret",
        "http://10.0.0.1/",
        "http://localhost:{other}/secret",
        "//127.0.0.1:{other}/secret",
        "https://127.0.0.1:{other}/secret",
    ],
)
def test_a_redirect_to_an_address_that_is_not_public_is_refused(web, crawling, target):
    with small_web() as other:
        web.routes["/feed"] = rss(item("/a"), item("/b"))
        web.routes |= {"/a": Answer(status=302, headers={"Location": target.format(other=other.port)}), "/b": page()}
        outcomes = crawling.run(source(web))

    assert outcomes == {"one": ("new", "1, and 1 that could not be fetched")}
    assert [issue[:2] for issue in crawling.issues()] == [("forbidden_address", f"{web.base}/a")]
    assert other.asked == []


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://127.0.0.1/", "javascript:alert(1)", "data:text/html,x"])
def test_a_redirect_away_from_the_web_is_not_followed(web, crawling, target):
    web.routes["/feed"] = Answer(status=302, headers={"Location": target})

    outcomes = crawling.run(source(web))

    assert outcomes == {"one": ("unreachable", "answered 302 without a place on the web to go to")}


def test_a_redirect_of_robots_txt_to_such_an_address_is_refused_too(web, crawling):
    with small_web() as other:
        web.routes["/robots.txt"] = Answer(status=301, headers={"Location": f"{other.base}/robots.txt"})
        kind, _ = crawling.run(source(web))["one"]

    assert kind == "forbidden_address"
    assert other.asked == []


def test_a_name_that_leads_to_such_an_address_is_refused(web, crawling):
    outcomes = crawling.run(at(f"http://news.example:{web.port}/feed"), resolve={"news.example": "127.0.0.1"})

    assert outcomes == {"one": ("forbidden_address", "news.example leads to 127.0.0.1, which is not public")}
    assert web.asked == []


def test_a_name_that_changes_its_mind_between_check_and_connection_is_refused(web, crawling):
    answers = iter(["93.184.215.14"])

    outcomes = crawling.run(
        at(f"http://rebind.example:{web.port}/feed"),
        resolve={"rebind.example": lambda: next(answers, "127.0.0.1")},
        seconds_per_request=1,
    )

    assert outcomes["one"][0] in ("forbidden_address", "unreachable")
    assert web.asked == []


def test_no_environment_variable_lets_a_crawl_out(web, crawling, monkeypatch):
    with small_web() as other:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "SCRAPY_ALLOWED_LOOPBACK"):
            monkeypatch.setenv(name, other.base)
        monkeypatch.setenv("ALLOWED_LOOPBACK", other.address)
        monkeypatch.setenv("DAILIES_ALLOWED_LOOPBACK", other.address)
        kind, _ = crawling.run(source(other))["one"]

    assert kind == "forbidden_address"
    assert other.asked == []
    assert CrawlSettings().allowed_loopback is None


def test_without_a_network_forty_sources_are_through_at_once(web, crawling):
    hosts = [f"host{number}.example" for number in range(40)]
    sources = [CrawlSource(host.split(".")[0], "rss", f"https://{host}/feed", "en") for host in hosts]
    began = time.monotonic()

    outcomes = crawling.run(*sources, resolve=dict.fromkeys(hosts, unknown))

    assert len(outcomes) == 40
    assert {(kind, reason.split()[-3:][0]) for kind, reason in outcomes.values()} == {("unreachable", "cannot")}
    assert time.monotonic() - began < 10


def test_a_name_server_that_is_silent_holds_nobody_up(web, crawling, monkeypatch):
    monkeypatch.setattr("crawlers.manners.address_guard.SECONDS_PER_LOOKUP", 0.5)
    hosts = [f"host{number}.example" for number in range(40)]
    sources = [CrawlSource(host.split(".")[0], "rss", f"https://{host}/feed", "en") for host in hosts]
    began = time.monotonic()

    outcomes = crawling.run(*sources, resolve=dict.fromkeys(hosts, never))

    assert {kind for kind, _ in outcomes.values()} == {"unreachable"}
    assert outcomes["host7"][1] == "the name host7.example could not be looked up in time"
    assert time.monotonic() - began < 10


def test_a_closed_port_says_so(web, crawling):
    with small_web() as closed:
        port = closed.port
    outcomes = crawling.run(at(f"http://127.0.0.1:{port}/feed"), allowed_loopback=f"127.0.0.1:{port}")

    assert outcomes == {"one": ("unreachable", "connection refused")}


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.com/a", "example.com"),
        ("https://feeds.Example.com./a", "example.com"),
        ("https://news.example.co.uk/a", "example.co.uk"),
        ("https://a.b.example.com.cn/a", "example.com.cn"),
        ("https://36kr.com/feed", "36kr.com"),
        ("http://127.0.0.1:8765/a", "127.0.0.1:8765"),
        ("http://[::1]:8765/a", "[::1]:8765"),
        ("http://localhost/a", "localhost"),
    ],
)
def test_whoever_shares_a_domain_shares_its_pace(url, site):
    assert site_of(url) == site
