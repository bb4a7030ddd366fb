"""Templates filled in; every value is escaped for its medium (HTML, Markdown, a terminal) unless a filter made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from db.values import PartialDate
from reports.brief.numbers import coverage_text
from reports.escaping import markdown_link, markdown_text, safe_url, terminal_text
from reports.facts.evidence import (
    Quote,
    cited_text,
    conflict_text,
    conflicts_text,
    dated_text,
    outlet_text,
    published_text,
    quoted_text,
    said_by_text,
    source_link,
)
from reports.page_json import page_json
from reports.site.facets import one_of
from reports.site.links import SiteLinks
from reports.timeline.by_date import span_text
from reports.timeline.chart_drawing import NARROW, chart_svg
from reports.timeline.timeline import THREADS
from reports.wording import values as wording
from reports.wording.labels import labels
from reports.wording.row_notes import foreign
from reports.wording.values import ReportLanguage

Link = tuple[str, str]
"""A name and an address beside the page."""
_MEDIA = {"table": "txt", "md": "md", "html": "html", "svg": "svg"}
_INDENT = 18
_SHORTEST_QUOTE = 30
_HEADING = 64
"""Columns of a sentence's first words in a heading; a Chinese character takes two."""
_PIPE_WIDTH = 160
"""Columns of a line that must not be folded, where there is no terminal to say."""
_SIGNS: Mapping[ReportLanguage, Mapping[str, str]] = {
    "en": {"colon": ": ", "semicolon": "; ", "opening": " (", "closing": ")"},
    "zh": {"colon": "：", "semicolon": "；", "opening": "（", "closing": "）"},
}
"""Signs with their spaces, which a value of a template would lose."""
FOLDER = Path(__file__).parent / "templates"


def render(template: str, language: ReportLanguage, **values: Any) -> str:
    """A template of `reports/templates`, such as "timeline.md.j2": its second suffix says for which medium to escape.

    Given to every template: `L` (the labels), `lang`, `sample_note`, `not_dated` (in the place of a day), `site` (None
    for a page that stands alone), the signs of `_SIGNS` and the filters of `_filters`. The text ends with one newline.
    """
    environment = _environment(template.split(".")[-2], language)
    given = {"L": labels(language), "lang": language, "sample_note": wording.sample_note(language), "site": None}
    given["not_dated"] = wording.word(language, "unknown", "not_dated")
    given |= {name: Markup(sign) for name, sign in _SIGNS[language].items()}  # noqa: S704  (ours)
    return environment.get_template(template).render({**given, **values}).strip() + "\n"


def write_report(
    name: str,
    report: Any,
    format: str,
    *,
    width: int | None = None,
    site: SiteLinks | None = None,
    beside: Sequence[Link] = (),
) -> str:
    """A timeline, brief or other report, which knows its language and whether it is of samples, in a format.

    `name` is that of its templates and of the variable they find it under; `format` is table, md, html or json;
    a timeline also has svg.
    `width` folds the table form for a terminal; `site` makes an HTML page one of the site, whose names and ids lead
    to their pages; `beside` are links to the same report in another form.
    """
    if format == "json":
        return page_json(report)
    values = {name: report, "sample": report.sample, "width": width, "site": site, "beside": beside}
    return render(f"{name}.{_MEDIA[format]}.j2", report.language, **values)


@cache
def _environment(medium: str, language: ReportLanguage) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=medium in ("html", "svg"),  # noqa: S701  (the other media escape in `finalize`)
        finalize=_FINALIZERS[medium],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(_filters(language))
    return environment


def _escaped_by(escape: Callable[[str], str]) -> Callable[[Any], Any]:
    def finalize(value: Any) -> Any:
        return value if isinstance(value, Markup) else Markup(escape(str(value)))  # noqa: S704  (escaped just here)

    return finalize


def _visible(value: Any) -> Any:
    """For HTML: what autoescape leaves alone, controls and characters that turn text around, is made visible too."""
    return value if isinstance(value, Markup | int) else terminal_text(str(value))


_FINALIZERS: Mapping[str, Callable[[Any], Any]] = {
    "html": _visible,
    "svg": _visible,
    "md": _escaped_by(markdown_text),
    "txt": _escaped_by(terminal_text),
}


def _filters(language: ReportLanguage) -> dict[str, Callable[..., Any]]:
    return {
        "day": lambda day: wording.date_text(PartialDate(day.isoformat()) if isinstance(day, date) else day, language),
        "period": lambda iso: wording.date_text(PartialDate(iso), language),
        "money": lambda money: wording.money_text(money, language),
        "status": lambda status: wording.word(language, "status", status),
        "one_of": lambda statuses: one_of(wording.word(language, "status", each) for each in statuses),
        "mark": lambda status: wording.MARKS[status],
        "evidence_mark": lambda kind: wording.EVIDENCE_MARKS[kind],
        "evidence": lambda kind: wording.word(language, "evidence_class", kind),
        "seen": lambda entry: wording.seen_mark(entry.witnesses, entry.outlets),
        "seen_words": lambda entry: wording.seen_text(entry.witnesses, entry.outlets, language),
        "said_by": lambda quote: said_by_text(quote, language),
        "outlet": lambda quote: outlet_text(quote, language),
        "published": lambda quote: published_text(quote, language),
        "quoted": lambda quote: quoted_text(quote, language),
        "foreign": lambda quote: foreign(quote.sentence, language),
        "begun": lambda quote: _begun(quote, language),
        "in_one_line": lambda quote, width: _in_one_line(quote, width, language),
        "source": lambda quote: Markup(source_link(quote, language)),  # noqa: S704  (escaped by source_link)
        "joined": lambda texts, separator: str(separator).join(texts),
        "cited": lambda quote: cited_text(quote, language),
        "coverage": lambda coverage: coverage_text(coverage, language),
        "thread": lambda entry: THREADS[entry.type],
        "span": lambda timeline: span_text(timeline.span, timeline.outside, language),
        "conflict": lambda conflict: conflict_text(conflict, language),
        "conflicts": lambda conflicts: conflicts_text(conflicts, language),
        "others": lambda conflicts: " ".join(f"≠ {each.field} {each.losing}" for each in conflicts),
        "listed": lambda names: wording.listed(language, list(names)),
        "fill": lambda form, *values, **named: str(form).format(*values, **named),
        "link": _markdown_link,
        "safe_url": safe_url,
        "wrapped": _wrapped,
        "made_here": Markup,
        "cell": _cell,
        "drawn": lambda panels: Markup(chart_svg(panels)),  # noqa: S704  (its words are escaped)
        "drawn_narrow": lambda panels: Markup(chart_svg(panels, NARROW)),  # noqa: S704
        "drawn_alone": lambda panels: Markup(chart_svg(panels, alone=True)),  # noqa: S704
    }


def _markdown_link(text: object, url: str | None) -> Markup:
    """A Markdown link, or its text alone."""
    return Markup(markdown_link(str(text), url))  # noqa: S704  (escaped by markdown_link)


def _wrapped(text: object, indent: int, width: int | None) -> Markup:
    """Text for a terminal: escaped, and folded at `width` columns with every line but the first indented.

    `width` None (not a terminal): one line, so that tools see whole sentences. Chinese characters count two columns.
    """
    plain = terminal_text(str(text))
    if width is None:
        return Markup(plain)  # noqa: S704  (escaped above)
    from rich.console import Console
    from rich.text import Text

    lines = Text(plain).wrap(Console(width=width, color_system=None), max(width - indent, 20))
    return Markup(("\n" + " " * indent).join(line.plain.rstrip() for line in lines))  # noqa: S704  (escaped above)


def _in_one_line(quote: Quote, width: int | None, language: ReportLanguage) -> str:
    """As much of the sentence as one line holds beside where it stands; a Chinese character takes two columns."""
    from rich.cells import cell_len

    source = dated_text(quote, language)
    room = (width or _PIPE_WIDTH) - _INDENT - cell_len(source)
    sentence = terminal_text(quote.sentence)
    whole = f"{quoted_text(quote, language)} {source}"
    if cell_len(whole) <= (width or _PIPE_WIDTH) - _INDENT:
        return whole
    room -= cell_len(quoted_text(replace(quote, sentence=""), language)) + 2
    while sentence and cell_len(sentence) > max(room, _SHORTEST_QUOTE):
        sentence = sentence[:-1]
    return f"{quoted_text(replace(quote, sentence=sentence.rstrip() + '…'), language)} {source}"


def _begun(quote: Quote, language: ReportLanguage) -> str:
    """The first words of a sentence, for a heading that says nothing by itself; cut between words, if it has them."""
    from rich.cells import cell_len

    begun = quote.sentence
    if cell_len(begun) > _HEADING:
        while cell_len(begun) > _HEADING:
            begun = begun[:-1]
        word = begun.rpartition(" ")[0]
        begun = (word if cell_len(word) > _HEADING // 2 else begun).rstrip(" ,;:，；：、") + "…"
    return quoted_text(replace(quote, sentence=begun), language)


def _cell(text: object, columns: int) -> Markup:
    """Text for a terminal, filled up with spaces to so many columns (a Chinese character takes two)."""
    from rich.cells import cell_len

    plain = terminal_text(str(text))
    return Markup(plain + " " * (columns - cell_len(plain)))  # noqa: S704  (escaped above)
