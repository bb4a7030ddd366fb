"""Pages asked for by their address: fetched like any other, and again when asked again; never from private ones."""

from __future__ import annotations

import pytest

from crawlers.ports import CrawlSource
from dailies.commands.intake import ingest
from dailies.crawl.pages_by_hand import want_pages
from dailies.failures import UsageError
from tests.small_web import Answer

PAGE = b"<html><title>A page</title><p>Runway raised $308 million.</p></html>"


def test_a_page_is_fetched_each_time_it_is_asked_for(crawling, web):
    web.routes["/story"] = Answer(PAGE, headers={"Content-Type": "text/html"})
    for _ in range(2):
        (site,) = want_pages(crawling.engine, [f"{web.base}/story"])
        outcomes = crawling.run(CrawlSource(site.key, site.kind, site.url, site.language))

        assert outcomes == {"by-hand-127.0.0.1": ("new", "1")}
    assert crawling.bodies() == [PAGE, PAGE]


@pytest.mark.check
def test_an_address_of_this_machine_is_refused_by_name(tmp_path, web, capsys):
    code = ingest(
        f"sqlite:///{tmp_path}/dailies.db", [f"{web.base}/story"], published=None, publisher=None, url=None, readers=1
    )

    assert code == 3
    assert web.asked == []
    assert "not public" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["https://", "http://[", "https:///path"])
def test_an_address_without_a_host_is_named(crawling, address):
    with pytest.raises(UsageError, match="no address of a page"):
        want_pages(crawling.engine, ["https://example.org/a", address])

    assert crawling.pages() == {}


def test_what_a_person_says_of_a_file_cannot_be_said_of_a_page(tmp_path):
    with pytest.raises(UsageError, match="describe files"):
        ingest(
            f"sqlite:///{tmp_path}/dailies.db",
            ["https://example.org/a"],
            published=None,
            publisher="Somebody",
            url=None,
            readers=1,
        )
