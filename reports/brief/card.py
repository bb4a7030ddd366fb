"""The brief as a short card for a chat: the sentence, the rounds, a rumour, the coverage, within what chats accept."""

from __future__ import annotations

from reports.brief.weekly import Brief
from reports.escaping import shortened, terminal_text
from reports.wording.labels import label
from reports.wording.values import MARKS, listed, sample_note

MOST_CHARACTERS = 999
MOST_BYTES = 3_500
"""Feishu, WeCom and Slack all take this much; WeCom counts bytes of UTF-8."""
_LONGEST_LINE = 160


def card(brief: Brief, url: str | None = None) -> str:
    """Plain text of fewer than 1,000 characters and 3,500 bytes; what had no room is counted, and the link kept."""
    language = brief.language
    year, week = brief.week.split("-W")
    head = [label(language, "brief", "title").format(year=year, week=int(week)), brief.headline]
    if brief.sample:
        head.insert(0, sample_note(language))
    rounds = [
        f"{MARKS[line.entry.status]} " + listed(language, [line.entry.company, line.series, line.amount])
        for line in brief.rounds
    ]
    talk = [
        f"{MARKS[line.entry.status]} {label(language, 'timeline', 'of').format(line.entry.company, line.entry.what)}"
        for line in (*brief.talk, *brief.changed)
    ]
    read = brief.coverage.articles
    tail = [label(language, "brief", "card_coverage").format(read, brief.coverage.unread, len(brief.coverage.failed))]
    tail += [url] if url else []
    lines = [_line(text) for text in (*rounds, *talk)]
    shown = list(lines)
    while True:
        left = len(lines) - len(shown)
        more = [label(language, "brief", "card_more").format(left)] if left else []
        text = "\n".join([*map(_line, head), *shown, *more, *tail])
        if not shown or (len(text) <= MOST_CHARACTERS and len(text.encode()) <= MOST_BYTES):
            return text + "\n"
        shown.pop()


def _line(text: str) -> str:
    return shortened(terminal_text(text), _LONGEST_LINE)
