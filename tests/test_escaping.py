"""Hostile text passes harmlessly, and harmless text unchanged, through every form a report has."""

from __future__ import annotations

import csv
import re
import unicodedata
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reports.escaping import (
    file_name,
    markdown_link,
    markdown_text,
    safe_url,
    shortened,
    spreadsheet_text,
    terminal_text,
)

HOSTILE = [
    "\x1b[31mred\x1b[0m and \x07bell",
    "a\u202egnp.exe",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example","x")',
    "one\r\ntwo\u2028three",
    "| cell | cell |",
    "[click](javascript:alert(1))",
    "# head",
    "1. item",
    "***bold***",
    "&lt;b&gt;",
    "https://evil.example and ![x](y)",
    "\ud800 alone",
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Runway raised $141M", "Runway raised $141M"),
        ("爱诗科技完成A轮融资", "爱诗科技完成A轮融资"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("one\r\n  two\tthree\u2028four", "one two three four"),
        ("\x9b31m", "\ufffd31m"),
        ("\ud800", "\ufffd"),
        ("👩‍💻", "👩‍💻"),
        ("0 \xad 0", "0 0"),  # what goes leaves no second space behind
    ],
)
def test_terminal_text(text, shown):
    assert terminal_text(text) == shown


def with_hostile_examples(test):
    for text in HOSTILE:
        test = example(text)(test)
    return test


@with_hostile_examples
@given(st.text())
def test_terminal_text_is_one_line_without_controls(text):
    shown = terminal_text(text)
    assert {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", shown)
    assert terminal_text(shown) == shown


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Runway", "Runway"),
        ("=1+1", "'=1+1"),
        ("  =1+1", "'=1+1"),
        ("\t@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("＝1+1", "'＝1+1"),
        ("\u202e=1+1", "'=1+1"),
    ],
)
def test_spreadsheet_text(text, cell):
    assert spreadsheet_text(text) == cell


@with_hostile_examples
@given(st.text())
def test_no_cell_starts_a_formula_and_csv_keeps_one_line_a_row(text):
    line = StringIO()
    csv.writer(line).writerow([spreadsheet_text(text)])
    starts = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    assert len(spreadsheet_text(text)) <= 1 or not spreadsheet_text(text).startswith(starts)
    assert line.getvalue().count("\n") == 1


class Text(HTMLParser):
    """The text, links and tags of rendered Markdown."""

    def __init__(self, html):
        super().__init__()
        self.text, self.links, self.tags = "", [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


def rendered(markdown):
    return Text(MarkdownIt("commonmark").enable("table").render(markdown))


@with_hostile_examples
@given(st.text())
def test_markdown_shows_the_text_as_it_is(text):
    shown = rendered(markdown_text(text))
    assert (shown.text.strip(), shown.links, shown.tags - {"p"}) == (terminal_text(text), [], set())


@with_hostile_examples
@given(st.text())
def test_a_markdown_cell_stays_one_cell(text):
    shown = rendered(f"| a | b |\n| --- | --- |\n| {markdown_text(text)} | end |\n")
    assert shown.tags == {"table", "thead", "tbody", "tr", "th", "td"}
    assert shown.text.split() == ["a", "b", *terminal_text(text).split(), "end"]


@given(st.sampled_from(HOSTILE) | st.text(), st.text().map(lambda path: f"https://a.example/{path}"))
def test_a_markdown_link_leads_where_it_says(text, url):
    shown = rendered(f"x {markdown_link(text, url)} y")
    address = safe_url(url)
    if address and terminal_text(text):
        assert shown.links == [address]
    assert shown.text.strip().split() == ["x", *terminal_text(text).split(), "y"]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("http://例子.example/路", "http://%E4%BE%8B%E5%AD%90.example/%E8%B7%AF"),
        ("https://a.example/(b) c", "https://a.example/%28b%29%20c"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://", None),
        ("https://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_safe_url(url, safe):
    assert safe_url(url) == safe


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("runway", "runway"),
        ("stability-ai", "stability-ai"),
        ("../../etc/passwd", "etc-passwd-3754d6cb"),
        ("con", "con-1143da2b"),
        ("", "name-e3b0c442"),
    ],
)
def test_file_name(text, name):
    assert file_name(text) == name


@given(st.sampled_from(HOSTILE) | st.text(), st.text())
def test_file_names_are_safe_and_never_shared(text, other):
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", file_name(text))
    assert text == other or file_name(text) != file_name(other)


def test_a_long_text_is_cut_at_a_word():
    assert shortened("Runway raised money from Google", 20) == "Runway raised money…"
    assert shortened("视频生成公司完成融资", 5) == "视频生成…"
    assert shortened("short", 20) == "short"


@given(st.text(), st.integers(1, 50))
def test_shortened_is_never_longer(text, limit):
    assert len(shortened(text, limit)) <= limit
