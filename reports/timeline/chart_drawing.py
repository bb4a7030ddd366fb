"""A company's charts as one SVG, drawn by Vega-Lite when a page is written: no script is left for the reader's browser.

vl-convert runs Vega itself and costs half a second once and an eighth of a second a drawing: import it only to draw.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markupsafe import escape

from db.model import Status
from reports.escaping import terminal_text
from reports.timeline.money_chart import Panel, Point

HEIGHT = 92
WIDE, NARROW = 840, 346
"""How wide a drawing is between its edges, on a screen and on a telephone; its type is as large on both."""
VEGA_LITE = "5.20"
"""The grammar's version, one of several that vl-convert brings along."""
LIGHT = {"paper": "#fff", "ink": "#1b1f24", "soft": "#5b6570", "line": "#e3e6ea", "accent": "#0b5563"}
LIGHT |= {"confirmed": "#16703f", "reported": "#8a5a00"}
"""The site's colours by day, for a drawing that stands alone; on a page they are CSS variables, by day and by night."""
_MARGIN = 56
"""What is left free at both ends of the axis: half of the widest label, which stands in the middle over its point."""
_GAP_OF_LABELS = 6
"""Points whose labels would touch share one: the later of them has it, since it is the news."""
_HALF_LABEL, _UNDER_LABEL = 22, 8
"""How far a usual label reaches to the right of its point, and how far above the point it begins."""
_SHORT_SPAN_DAYS = 700
_MOST_TICKS = 10
"""Months named along the axis of a wide drawing; of years, which are shorter, twice as many."""
_LINK = re.compile(r'<a xlink:href="[^"#]*#([^"]*)"><path aria-label="([^"]*)"')
_ROLE = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')
"""Vega's own, of things that have no name once a link has it."""
_OUTLINE = ' stroke="var(--paper)"'
"""Only labels have one: painted below the letters, it keeps the line from running through them."""
_VARIABLE = re.compile(r"var\(--(\w+)\)")
_TOKEN = re.compile(r"T(\d{4})\b")


def chart_svg(panels: Sequence[Panel], width: int = WIDE, *, alone: bool = False) -> str:
    """The panels below each other over one axis of time; empty for none. The same panels give the same bytes.

    Each point links to its fact on the same page and says its value and date. `width` is one of WIDE and NARROW, so
    that nobody scrolls sideways or reads type half its size. `alone`: for a file of its own.
    """
    if not panels:
        return ""
    words = [word for panel in panels for word in _words(panel)]
    drawn = _ROLE.sub("", _drawn(json.dumps(_specification(panels, width))))
    drawn = drawn.replace(_OUTLINE, f'{_OUTLINE} paint-order="stroke"')
    if alone:
        drawn = _LINK.sub(r"<g><title>\2</title><path", drawn).replace("</a>", "</g>")
    else:
        drawn = _LINK.sub(r'<a href="#\1"><title>\2</title><path', drawn)
    drawn = _TOKEN.sub(lambda found: str(escape(words[int(found[1])])), drawn)
    if alone:
        return _VARIABLE.sub(lambda found: LIGHT[found[1]], drawn)
    told = escape("; ".join(f"{panel.title}: {panel.text}" for panel in panels))
    return drawn.replace("<svg ", f'<svg role="group" aria-label="{told}" ', 1)


@lru_cache(maxsize=512)
def _drawn(specification: str) -> str:
    """A specification as SVG. Words are drawn as tokens: languages with room for the same labels share a drawing."""
    import vl_convert  # slow, and needed by few commands

    return str(vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[]))


def _words(panel: Panel) -> list[str]:
    """In the order of the tokens: the title, then label and title of each point."""
    words = [panel.title, *(word for point in panel.points for word in (point.label, point.title))]
    return [terminal_text(word) for word in words]


def _specification(panels: Sequence[Panel], width: int) -> dict[str, Any]:
    days = [point.day for panel in panels for point in panel.points]
    first, last = min(days), max(days)
    token = 0
    charts = []
    for number, panel in enumerate(panels, 1):
        charts.append(_panel(panel, token, first, last, width, labels=number == len(panels)))
        token += len(_words(panel))
    return {
        "background": None,
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 4},
        "spacing": 18,
        "vconcat": charts,
        "config": {"view": {"stroke": None}, "font": "sans-serif", "text": {"fontSize": 12, "fontWeight": 600}},
    }


def _panel(panel: Panel, token: int, first: date, last: date, width: int, *, labels: bool) -> dict[str, Any]:
    crowded = [_places(pair, first, last, width) < _room_of_labels(pair) for pair in pairwise(panel.points)]
    aside = _labels_aside(panel, first, last, width)
    values = [
        {
            "day": point.day.isoformat(),
            "dollars": float(point.dollars),
            "label": "" if near else _token(token + 1 + 2 * place),
            "title": _token(token + 2 + 2 * place),
            "status": point.status,
            "fact": f"#{point.fact_id}",
            "bound": point.bound,
            "aside": place in aside,
        }
        for place, (point, near) in enumerate(zip(panel.points, [*crowded, False], strict=True))
    ]
    domain = [first.isoformat(), last.isoformat()]
    return {
        "title": {
            **{"text": _token(token), "anchor": "start", "offset": 14},
            **{"fontSize": 13, "fontWeight": "normal", "color": "var(--soft)", "aria": False},
        },
        "width": width,
        "height": HEIGHT,
        "data": {"values": values},
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "scale": {"type": "utc", "domain": domain, "padding": _MARGIN, "nice": False},
                "axis": {**_ticks(first, last, width), **_AXIS, "labels": labels},
            },
            "y": {"field": "dollars", "type": "quantitative", "scale": {"zero": True}, "axis": None},
        },
        "layer": [
            {
                "transform": [{"filter": "datum.bound === ''"}],
                "mark": {
                    **{"type": "line", "aria": False, "color": "var(--accent)", "strokeWidth": 1.5},
                    "interpolate": "step-after" if panel.stepped else "linear",
                },
            },
            {
                "mark": {"type": "point", "size": 65, "strokeWidth": 2, "opacity": 1},
                "encoding": {
                    "stroke": _by_status("reported", "confirmed"),
                    "fill": _by_status("paper", "confirmed"),
                    "shape": _BY_BOUND,
                    "href": {"field": "fact"},
                    "description": {"field": "title"},
                },
            },
            *(_labels(beside=beside) for beside in ((False, True) if aside else (False,))),
        ],
    }


def _labels(*, beside: bool) -> dict[str, Any]:
    """The labels over the middle of their points, or those that end at them."""
    return {
        "transform": [{"filter": "datum.aside" if beside else "!datum.aside"}],
        "mark": {
            **{"type": "text", "dy": -14, "aria": False, "fill": "var(--ink)"},
            **{"stroke": "var(--paper)", "strokeWidth": 4, "strokeJoin": "round"},
            **({"align": "right"} if beside else {}),
        },
        "encoding": {"text": {"field": "label"}},
    }


_BY_BOUND: Mapping[str, Any] = {
    "condition": [
        {"test": "datum.bound === '>'", "value": "triangle-up"},
        {"test": "datum.bound === '<'", "value": "triangle-down"},
    ],
    "value": "circle",
}
"""A mark that points to where the value lies, for what only has a bound."""
_AXIS: Mapping[str, Any] = {
    **{"title": None, "domain": False, "ticks": False, "aria": False, "grid": True},
    **{"gridColor": "var(--line)", "labelColor": "var(--soft)", "labelFontSize": 12, "labelPadding": 8},
}


def _ticks(first: date, last: date, width: int) -> dict[str, Any]:
    """Years, or months where there are few: in figures, which both languages read alike."""
    days = (last - first).days
    most = _MOST_TICKS * width // WIDE
    if days >= _SHORT_SPAN_DAYS:
        return {"tickCount": {"interval": "year", "step": max(1, -(-days // (365 * 2 * most)))}, "format": "%Y"}
    step = max(1, -(-days // (30 * most)))
    return {"tickCount": {"interval": "month", "step": step}, "format": "%Y-%m"}


def _by_status(otherwise: str, confirmed: Status) -> dict[str, Any]:
    test = f"datum.status === '{confirmed}'"
    return {"condition": {"test": test, "value": f"var(--{confirmed})"}, "value": f"var(--{otherwise})"}


def _labels_aside(panel: Panel, first: date, last: date, width: int) -> frozenset[int]:
    """The points out of which the line rises through the right half of a label: theirs ends at the point instead.

    Not where the line comes down to the point, or another label or the edge is where it would stand.
    """
    most = max((float(point.dollars) for point in panel.points), default=0.0)
    if panel.stepped or not most:
        return frozenset()
    found = set()
    for place in range(1, len(panel.points) - 1):
        before, point, after = panel.points[place - 1 : place + 2]
        right, left = (_places(pair, first, last, width) for pair in ((point, after), (before, point)))
        rise = HEIGHT * float(after.dollars - point.dollars) / most
        through = rise > _UNDER_LABEL and rise * _HALF_LABEL > _UNDER_LABEL * right
        if through and before.dollars <= point.dollars and left > 2 * _MARGIN:
            found.add(place)
    return frozenset(found)


def _places(pair: tuple[Point, Point], first: date, last: date, width: int) -> float:
    """How far two points are from each other on the axis."""
    return (width - 2 * _MARGIN) * (pair[1].day - pair[0].day).days / max((last - first).days, 1)


def _room_of_labels(pair: tuple[Point, Point]) -> float:
    """How far apart two points must be for both labels; a Chinese character is as wide as the type is high."""
    wide = [sum(12 if unicodedata.east_asian_width(each) in "WF" else 6.5 for each in point.label) for point in pair]
    return sum(wide) / 2 + _GAP_OF_LABELS


def _token(number: int) -> str:
    return f"T{number:04}"
