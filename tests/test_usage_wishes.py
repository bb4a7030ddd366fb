"""What a site wants its texts to be used for is heeded: no model is asked, and only the headline is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.manners.usage_wishes import NO_WISHES, UsageWishes, is_reserved, may_be_sent, wishes_of_robots_txt
from dailies.reading import model_reader
from dailies.reading.model_reader import ModelReading, ModelSettings
from dailies.reading.reader_child import ReadJob, read_job
from db.crawl.archive import Archive
from db.model import FeedHints

PAGE = (
    b"<html><head><title>Runway raises $308 million</title>%s</head><body><h1>Runway raises $308 million</h1>"
    b"<p>AI video company Runway has raised $308 million in a Series D round led by General Atlantic.</p></body></html>"
)


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("User-agent: *\nContent-Signal: search=yes, ai-input=no, ai-train=no\nAllow: /\n", UsageWishes(True, False)),
        ("User-agent: *\nContent-Signal: ai-train=no\n", NO_WISHES),
        ("Content-Signal: search=no\n", UsageWishes(False, None)),
        ("User-agent: Other\nContent-Signal: ai-input=no\n\nUser-agent: *\nDisallow: /a\n", NO_WISHES),
        (
            "User-agent: *\nContent-Signal: ai-input=no\n\nUser-Agent: dailiesbot\nContent-Signal: ai-input=yes\n",
            UsageWishes(None, True),
        ),
        ("User-agent: a\nUser-agent: DailiesBot\nContent-Signal: AI-Input=No # why\n", UsageWishes(None, False)),
        ("User-agent: *\nContent-Signal: ai-input=perhaps, search\n", NO_WISHES),
        ("", NO_WISHES),
    ],
)
def test_the_signal_of_our_group_or_of_everybodys(text, wishes):
    assert wishes_of_robots_txt(200, text.encode()) == wishes
    assert wishes_of_robots_txt(404, text.encode()) == NO_WISHES


@pytest.mark.parametrize(
    ("headers", "body", "reserved"),
    [
        ([("TDM-Reservation", "1")], b"", True),
        ([("tdm-reservation", "0")], b"", False),
        ([], b'<meta name="tdm-reservation" content="1">', True),
        ([], b"<META content=1 NAME=tdm-reservation />", True),
        ([], b'<meta name="tdm-reservation" content="0">', False),
        ([], b'<meta name="tdm-policy" content="1">', False),
        ([], b"", False),
    ],
)
def test_a_reservation_in_a_header_or_in_the_page(headers, body, reserved):
    assert is_reserved(headers, body) is reserved
    assert may_be_sent(NO_WISHES, headers, body) is not reserved


@pytest.fixture
def asked(monkeypatch):
    """The texts that a model was asked about."""
    texts = []

    def ask(article, settings):
        texts.append(article.text)
        return ModelReading()

    monkeypatch.setattr(model_reader, "ask_model", ask)
    return texts


def read(tmp_path, *, wishes=NO_WISHES, headers=(), meta=b""):
    with Archive(tmp_path) as archive:
        sent = (("Content-Type", "text/html"), *headers)
        now = datetime(2025, 4, 3, tzinfo=UTC)
        pointer = archive.append("https://press.example/runway", 200, sent, PAGE.replace(b"%s", meta), now)
    hints = FeedHints(published=now)
    url = "https://press.example/runway"
    return read_job(
        ReadJob(1, tmp_path, pointer, url, "text/html", now, hints, {}, ModelSettings("a-model"), wishes=wishes)
    )


def test_a_model_is_asked_where_nobody_minds(tmp_path, asked):
    assert len(read(tmp_path).reading.claims) > 0
    assert len(asked) == 1


@pytest.mark.parametrize(
    "minds",
    [
        {"wishes": UsageWishes(ai_input=False)},
        {"wishes": UsageWishes(search=False)},
        {"headers": [("tdm-reservation", "1")]},
        {"meta": b'<meta name="tdm-reservation" content="1">'},
    ],
)
def test_no_model_is_asked_where_the_site_minds_and_the_rules_read_all_the_same(tmp_path, asked, minds):
    result = read(tmp_path, **minds)

    assert asked == []
    assert [claim.type for claim in result.reading.claims][:1] == ["funding_round"]


def test_of_a_site_that_wants_no_index_only_the_headline_is_kept(tmp_path, asked):
    result = read(tmp_path, wishes=UsageWishes(search=False))

    assert (result.page.title, result.page.text) == ("Runway raises $308 million", "")
    assert {claim.where for claim in result.reading.claims} == {"title"}
