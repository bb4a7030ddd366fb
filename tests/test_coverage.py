"""Sixty dated real events, and which of the sources that are on could have carried each: docs/coverage.csv."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.catalogue import load_catalogue
from crawlers.site import site_of
from db.values import PartialDate

ROOT = Path(__file__).parents[1]
with (ROOT / "docs/coverage.csv").open(encoding="utf-8", newline="") as stream:
    EVENTS = list(csv.DictReader(stream))
ON = {source.key: source for source in load_catalogue() if source.enabled}
_REPOSITORIES = {("github.com", "ComfyUI"): "comfyui-releases"}
"""On a site of many publishers a page says nothing about another's feed there, but for one of the same repository."""


def sources_of(event: dict[str, str]) -> list[str]:
    return event["sources"].split()


def own_sources(event: dict[str, str]) -> set[str]:
    """The sources on whose own site the event's page is."""
    site = site_of(event["url"])
    if any(site == host for host, _ in _REPOSITORIES):
        repository = urlsplit(event["url"]).path.split("/")[2]
        return {key for place, key in _REPOSITORIES.items() if place == (site, repository)}
    return {key for key, source in ON.items() if site_of(source.url) == site}


def test_there_are_sixty_dated_events_of_all_kinds():
    assert len(EVENTS) == 60
    assert sum(event["country"] == "CN" for event in EVENTS) >= 20
    assert sum(event["type"] == "shutdown" for event in EVENTS) >= 15
    assert [event["date"] for event in EVENTS] == sorted(event["date"] for event in EVENTS)
    assert sum(PartialDate(event["date"]).precision != "day" for event in EVENTS) <= 1
    assert [event["url"] for event in EVENTS if urlsplit(event["url"]).scheme not in ("http", "https")] == []
    assert len({(event["date"], event["company"], event["event"]) for event in EVENTS}) == 60


def test_every_source_named_is_one_that_is_on():
    unknown = {key for event in EVENTS for key in sources_of(event)} - set(ON)
    assert unknown == set()


def test_every_event_could_have_been_carried():
    assert [event["event"] for event in EVENTS if not sources_of(event)] == []


def test_an_event_on_a_sources_own_site_names_it():
    assert [
        event["event"] for event in EVENTS if own_sources(event) and not own_sources(event) & set(sources_of(event))
    ] == []


def test_the_documentation_gives_these_figures():
    text = (ROOT / "docs/sources.md").read_text("utf-8")
    found = re.search(r"(\d+) of them are at pages of such a source, (\d+) more are in its field", text)
    on_own_site = sum(bool(own_sources(event)) for event in EVENTS)
    assert (int(found[1]), int(found[2])) == (on_own_site, len(EVENTS) - on_own_site)


def test_the_documentation_counts_the_sources():
    text = (ROOT / "docs/sources.md").read_text("utf-8")
    every, on = re.search(r"There are more than (\d+), of\nwhich more than (\d+) are on", text).groups()
    assert int(every) < len(load_catalogue()) and int(on) < len(ON)
