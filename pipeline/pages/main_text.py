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

from pipeline.pages.page_tree import Block, Tree

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OTHER_TAGS = frozenset({"address", "aside", "figcaption", "footer", "form", "menu", "nav"})
_ENDS_SENTENCE = frozenset('.。!?！？…"”」')

_QUALIFIER = re.compile(r"(?<!\S)(?:category|tag|type|format|status|has|no|with|without)[-_]\S+")
"""Classes that say what an element is about or goes with, not what it is: category-news, has-sidebar, no-comments."""

_SCRAP = 6.0
"""Words by which a block must exceed links and labels to speak for its element."""
_PROSE_WORDS = 8
_SMALL_WORDS = 50
_PLAIN_WORDS_BESIDE_LINKS = 10
_MAIN_SHARE = 0.4
"""An element with this share of the page's prose is no boilerplate, whatever its name."""
_BODY_SHARE = 0.5
_ARTICLE_SHARE = 0.35
_SIBLING_GAIN = 1.3
_HEADED_SHARE = 0.25
_PART_SHARE = 0.1
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
    """What each block says for (or, below 0, against) its elements being the article."""
    weights = [_weight(block) for block in tree.blocks]
    if max(weights) <= 0:  # not one paragraph: a text of a few words, where any unlinked ones count
        weights = [float(max(block.words - 2 * block.linked, 0)) for block in tree.blocks]
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
    headlines = _sums(tree, [float(block.tag == "h1") for block in tree.blocks])
    most = _MAIN_SHARE * prose[0]
    dropped = [False] * len(tree.tags)
    for node in range(1, len(tree.tags)):
        if dropped[tree.parents[node]]:
            dropped[node] = True
            continue
        tag, names = tree.tags[node], tree.names[node]
        if names and not headlines[node] and _named("comments", names):
            dropped[node] = not _named("body", names)
        elif tag in _OTHER_TAGS or (names and not headlines[node] and _named("other", names)):
            dropped[node] = prose[node] < most and not _named("body", names)
        elif names and words[node] < _SMALL_WORDS and tag != "blockquote" and "embed" not in names:
            dropped[node] = _named("around_pictures", names) and not _named("body", names)
    return dropped


def _chosen(tree: Tree, weights: list[float], dropped: list[bool]) -> int:
    """The element that holds the article."""
    sums = _sums(tree, weights, dropped)
    prose = _sums(tree, [max(weight, 0.0) for weight in weights], dropped)
    nodes = range(len(tree.tags))
    best = _with_siblings(tree, max(nodes, key=lambda node: (sums[node], node)), prose, dropped)
    bodies = [
        node
        for node in nodes
        if tree.names[node] and not dropped[node] and tree.tags[node] != "p" and _named("body", tree.names[node])
    ]
    most = max((prose[node] for node in bodies), default=0.0)
    if most > 0 and most >= _BODY_SHARE * prose[best]:
        return _with_other_parts(tree, max(node for node in bodies if prose[node] >= 0.9 * most), bodies, prose)
    return _best_article(tree, best, prose, dropped)


def _with_siblings(tree: Tree, best: int, prose: list[float], dropped: list[bool]) -> int:
    """The element, or the enclosing one where that has much more prose and few links: links inside an article."""
    linked = _sums(tree, [float(block.linked) for block in tree.blocks], dropped)
    node = best
    while node:
        node = tree.parents[node]
        if prose[node] >= _SIBLING_GAIN * prose[best] and linked[node] <= prose[node]:
            best = node
    return best


def _best_article(tree: Tree, best: int, prose: list[float], dropped: list[bool]) -> int:
    """The <article> that alone holds the headline or most of the prose in `best`; `best` where there is none."""
    headlines = _sums(tree, [float(block.tag == "h1") for block in tree.blocks])
    articles = [node for node, tag in enumerate(tree.tags) if tag == "article" and not dropped[node]]
    headed = [node for node in articles if headlines[node]]
    inside = sorted((node for node in articles if best < node < tree.ends[best]), key=lambda node: -prose[node])
    rival = prose[inside[0]] if inside else prose[best]
    if len(headed) == 1 and prose[headed[0]] >= _HEADED_SHARE * rival:
        return best if headed[0] <= best < tree.ends[headed[0]] else headed[0]
    if inside and rival >= _ARTICLE_SHARE * prose[best]:
        return inside[0] if len(inside) == 1 or prose[inside[1]] < 0.5 * rival else best
    return best


def _with_other_parts(tree: Tree, body: int, bodies: list[int], prose: list[float]) -> int:
    """The body, or where the article is cut into several (by advertisements), the smallest element that holds all."""
    article = _enclosing_article(tree, body)
    parts = [
        node
        for node in bodies
        if prose[node] >= _PART_SHARE * prose[body]
        and not (body <= node < tree.ends[body] or node <= body < tree.ends[node])
        and _enclosing_article(tree, node) == article
    ]
    whole = body
    while not all(whole <= node < tree.ends[whole] for node in parts):
        whole = tree.parents[whole]
    return whole


def _enclosing_article(tree: Tree, node: int) -> int:
    while node and tree.tags[node] != "article":
        node = tree.parents[node]
    return node


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
    tables = yaml.safe_load((files("pipeline.pages") / "main_text.yml").read_text(encoding="utf-8"))
    joined = {key: "|".join(words).replace("-?", "[-_]?") for key, words in tables.items()}
    return {key: re.compile(rf"(?:^|[\s_-])(?:{words})(?=$|[\s_-]|\d)") for key, words in joined.items()}


@lru_cache(maxsize=4096)
def _named(kind: str, names: str) -> bool:
    return _patterns()[kind].search(_QUALIFIER.sub("", names)) is not None
