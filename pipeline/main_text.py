"""Main text: which blocks of a page are the article.

The idea: prose weighs for an element, links and scraps weigh against it, so the subtree with the largest sum is the
article (a maximum-sum segmentation over the DOM). Names that many sites share (`main_text.yml`) then correct it:
parts with a name of boilerplate are left out first, and a part named as an article's body is preferred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from pipeline.page_tree import Block, Tree

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OTHER_TAGS = frozenset({"address", "aside", "figcaption", "footer", "form", "menu", "nav"})
_ENDS_SENTENCE = frozenset('.。!?！？…"”」')

_SCRAP = 6.0
"""Words by which a block must exceed links and labels to speak for its element."""
_PROSE_WORDS = 8
_SMALL_WORDS = 50
_PLAIN_WORDS_BESIDE_LINKS = 10
_MAIN_SHARE = 0.4
"""An element with this share of the page's prose is no boilerplate, whatever its name."""
_BODY_SHARE = 0.5
_ARTICLE_SHARE = 0.35
_ANCHOR_WORDS = 30.0
_LINES_AROUND = 12


@dataclass(frozen=True, slots=True)
class MainText:
    """The article's paragraphs, and the lines in, shortly before and shortly after it, where credits stand."""

    paragraphs: list[str]
    lines: list[str]


def find_main_text(tree: Tree, anchor: str = "", fragment: bool = False) -> MainText:
    """The article's text on a page; empty where the page has none.

    `anchor`: the beginning of the text as the page itself describes it, if it does. `fragment`: the tree is not a
    page but the text of a feed's entry, all of which is the article.
    """
    if not tree.blocks:
        return MainText([], [])
    weights = _weights(tree, anchor)
    dropped = _dropped(tree, weights)
    chosen = 0 if fragment else _chosen(tree, weights, dropped)
    places = [
        place
        for place, block in enumerate(tree.blocks)
        if chosen <= block.node < tree.ends[chosen] and not dropped[block.node]
    ]
    if not fragment:
        places = _below_headline(tree, places)
    kept = [place for place in places if _is_text(tree.blocks[place])]
    while kept and tree.blocks[kept[-1]].tag in _HEADINGS:
        kept.pop()
    return MainText([tree.blocks[place].text for place in kept], _lines_around(tree, places))


def _weights(tree: Tree, anchor: str) -> list[float]:
    weights = [_weight(block) for block in tree.blocks]
    if anchor:
        for place, block in enumerate(tree.blocks):
            if block.tag not in _HEADINGS and not block.linked and anchor in block.text:
                weights[place] += _ANCHOR_WORDS
                break
    return weights


def _weight(block: Block) -> float:
    plain = block.words - block.linked
    if block.tag in _HEADINGS:
        return -_SCRAP if block.linked else 0.0
    if block.words < _PROSE_WORDS or block.linked > plain:
        return -block.linked - _SCRAP
    if block.item and block.text[-1] not in _ENDS_SENTENCE:
        plain = int(0.6 * plain)
    return plain - _SCRAP


def _sums(tree: Tree, values: list[float], dropped: list[bool] | None = None) -> list[float]:
    """Per element the sum over its blocks and all below, blocks of dropped elements left out."""
    sums = [0.0] * len(tree.tags)
    for block, value in zip(tree.blocks, values, strict=True):
        if dropped is None or not dropped[block.node]:
            sums[block.node] += value
    for node in range(len(sums) - 1, 0, -1):
        sums[tree.parents[node]] += sums[node]
    return sums


def _dropped(tree: Tree, weights: list[float]) -> list[bool]:
    """Which elements are boilerplate by tag or name, with everything in them."""
    prose = _sums(tree, [max(weight, 0.0) for weight in weights])
    words = _sums(tree, [float(block.words) for block in tree.blocks])
    most = _MAIN_SHARE * prose[0]
    dropped = [False] * len(tree.tags)
    for node in range(1, len(tree.tags)):
        if dropped[tree.parents[node]]:
            dropped[node] = True
            continue
        names = tree.names[node]
        if tree.tags[node] in _OTHER_TAGS or (names and _named("other", names)):
            dropped[node] = prose[node] < most and not _named("body", names)
        elif names and words[node] < _SMALL_WORDS and tree.tags[node] != "blockquote" and "embed" not in names:
            dropped[node] = _named("around_pictures", names)
    return dropped


def _chosen(tree: Tree, weights: list[float], dropped: list[bool]) -> int:
    """The element that holds the article."""
    sums = _sums(tree, weights, dropped)
    prose = _sums(tree, [max(weight, 0.0) for weight in weights], dropped)
    nodes = range(len(tree.tags))
    best = max(nodes, key=lambda node: (sums[node], node))
    bodies = [
        node
        for node in nodes
        if tree.names[node] and not dropped[node] and tree.tags[node] != "p" and _named("body", tree.names[node])
    ]
    most = max((prose[node] for node in bodies), default=0.0)
    if most > 0 and most >= _BODY_SHARE * prose[best]:
        return max(node for node in bodies if prose[node] >= 0.9 * most)
    articles = sorted(
        (
            node
            for node in nodes
            if tree.tags[node] == "article" and best < node < tree.ends[best] and not dropped[node]
        ),
        key=lambda node: -prose[node],
    )
    if articles and prose[articles[0]] >= _ARTICLE_SHARE * prose[best]:
        alone = len(articles) == 1 or prose[articles[1]] < 0.5 * prose[articles[0]]
        return articles[0] if alone else best
    return best


def _below_headline(tree: Tree, places: list[int]) -> list[int]:
    """The blocks after the last h1, unless most of the text stands before it."""
    blocks = tree.blocks
    last = max((number for number, place in enumerate(places) if blocks[place].tag == "h1"), default=-1)
    before = sum(blocks[place].words for place in places[: last + 1])
    return places[last + 1 :] if before < 0.3 * sum(blocks[place].words for place in places) else places


def _is_text(block: Block) -> bool:
    plain = block.words - block.linked
    return plain >= block.linked or plain >= _PLAIN_WORDS_BESIDE_LINKS


def _lines_around(tree: Tree, places: list[int]) -> list[str]:
    if not places:
        return []
    first = max(places[0] - _LINES_AROUND, 0)
    return [block.text for block in tree.blocks[first : places[-1] + 1 + _LINES_AROUND]]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    tables = yaml.safe_load((files("pipeline") / "main_text.yml").read_text(encoding="utf-8"))
    return {key: re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words)})(?=$|[\s_-]|\d)") for key, words in tables.items()}


@lru_cache(maxsize=4096)
def _named(kind: str, names: str) -> bool:
    return _patterns()[kind].search(names) is not None
