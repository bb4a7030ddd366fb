"""A page's elements and text blocks as flat lists: read once from the parser, then only cheap Python over them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_TEXT = [
    *("script", "style", "noscript", "template", "iframe", "svg", "math", "canvas", "object", "embed"),
    *("select", "button", "input", "textarea", "option", "datalist", "audio", "video", "map", "dialog"),
    *("img", "picture", "link", "meta"),
]
_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "img",
        ),
        *("ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ENDS_SENTENCE = (".", "!", "?", "…", "”", '"', ":")
_NEVER_HIDDEN = frozenset({"a", "b", "em", "font", "i", "strong"})
"""Inline elements too many and too seldom hidden to look at their attributes."""
_CELLS = frozenset({"td", "th"})
_PLAIN_CELL = "plain cell"
_CELL_END = " | "
_LONGEST_CELL = 80
_FIRST_CJK = "\u2e80"
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]{{1,2}}|[^\W{_CJK}]+")
_HAS_CJK = re.compile(f"[{_CJK}]")
_MOST_BLOCKS = 20_000
"""Far beyond any article; what follows is not read, to bound memory."""
_LONG = 200_000


@dataclass(slots=True)
class Block:
    """A run of text that a reader sees as one paragraph, heading, list item or table cell.

    `words` counts words, two Chinese characters as one; `linked` those within links. `node` is the element it is in,
    `tag` that element's name; `item` is True within a list item.
    """

    text: str
    words: int
    linked: int
    tag: str
    node: int
    item: bool


@dataclass(slots=True)
class Tree:
    """Block elements in document order as parallel lists; element 0 is the body.

    `parents[i]` is the enclosing block element, `ends[i]` one past the last descendant, `names[i]` the lower-case
    classes, id and itemprop, space-separated (empty where there are none).
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def read_tree(parser: LexborHTMLParser) -> Tree:
    """The visible text of a parsed page. Takes scripts, forms and other elements without text out of `parser`."""
    reader = _Reader()
    parser.strip_tags(_NEVER_TEXT)
    if parser.body is not None:
        reader.walk(parser.body)
    return reader.tree


def count_words(text: str) -> int:
    """Words, two Chinese characters counting as one; estimated for a single paragraph of book length."""
    if not _HAS_CJK.search(text):
        return len(text.split())
    return len(_WORD.findall(text)) if len(text) < _LONG else len(text) // 2


class _Reader:
    """Walks a parsed page once, without recursion, and fills a Tree."""

    def __init__(self) -> None:
        self.tree = Tree()
        self._current = 0
        self._parts: list[str] = []
        self._linked: list[str] = []
        self._links = 0
        self._items = 0

    def walk(self, body: LexborNode) -> None:
        """Read everything below `body`."""
        self._open_block("body", "")
        stack: list[tuple[LexborNode, str]] = []
        node = body.first_child
        while (node is not None or stack) and len(self.tree.blocks) < _MOST_BLOCKS:
            if node is None:
                node, tag = stack.pop()
                self._leave(tag)
                node = node.next
            elif node.is_text_node:
                self._add(node.text_content or "")
                node = node.next
            elif node.is_element_node and (tag := self._enter(node)):
                stack.append((node, tag))
                node = node.first_child
            else:
                node = node.next
        while self._current:
            self._close_block()
        self._close_block()

    def _add(self, text: str) -> None:
        self._parts.append(text)
        if self._links:
            self._linked.append(text)

    def _enter(self, node: LexborNode) -> str:
        """Begin an element; its tag, or nothing where it is to be passed over."""
        tag = node.tag or ""
        if tag == "br":
            self._break(node)
            return ""
        if tag in _NEVER_HIDDEN:
            self._links += tag == "a"
            return tag
        attributes = node.attributes
        if attributes and _is_hidden(attributes):
            return ""
        if tag in _CELLS and _is_plain_cell(node):
            self._parts.append(_CELL_END if self._parts else "")
            return _PLAIN_CELL
        elif tag not in _INLINE:
            self._open_block(tag, _names(attributes) if attributes else "")
        return tag

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self._links -= 1
        elif tag not in _INLINE and tag != _PLAIN_CELL:
            self._close_block()

    def _open_block(self, tag: str, names: str) -> None:
        self._flush()
        tree = self.tree
        tree.parents.append(self._current)
        self._current = len(tree.tags)
        tree.tags.append(tag)
        tree.names.append(names)
        tree.ends.append(0)
        self._items += tag == "li"

    def _close_block(self) -> None:
        self._flush()
        tree, closed = self.tree, self._current
        tree.ends[closed] = len(tree.tags)
        self._current = tree.parents[closed]
        self._items -= tree.tags[closed] == "li"

    def _break(self, node: LexborNode) -> None:
        """A line break ends the paragraph where two follow each other, after a sentence, and in Chinese text."""
        following = node.next
        while following is not None and following.is_empty_text_node:
            following = following.next
        before = self._parts[-1].rstrip() if self._parts else ""
        doubled = following is not None and following.tag == "br"
        if doubled or before.endswith(_ENDS_SENTENCE) or before[-1:] >= _FIRST_CJK:
            self._flush()
        else:
            self._parts.append(" ")

    def _flush(self) -> None:
        if not self._parts:
            return
        text = " ".join("".join(self._parts).split())
        if text:
            linked = count_words(" ".join(self._linked)) if self._linked else 0
            tag = self.tree.tags[self._current]
            self.tree.blocks.append(Block(text, count_words(text), linked, tag, self._current, self._items > 0))
        self._parts.clear()
        self._linked.clear()


def _is_plain_cell(cell: LexborNode) -> bool:
    """Whether a table cell holds a word or a figure, and not, as in pages laid out by tables, a part of the page."""
    if len(cell.text()) > _LONGEST_CELL:
        return False
    child = cell.first_child
    while child is not None:
        if not child.is_text_node and child.tag not in _INLINE:
            return False
        child = child.next
    return True


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN.search(style or "") is not None


def _names(attributes: dict[str, str | None]) -> str:
    values = (attributes.get("class"), attributes.get("id"), attributes.get("itemprop"))
    return " ".join(value for value in values if value).lower()
