"""OPML 2.0 (opml.org/spec2.opml): lists of feeds with folders, as feed readers exchange them; read as hostile text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from crawlers.readers.reading import page_address, plain

LARGEST = 5 * 1024 * 1024
MOST_FEEDS = 5000
_DEEPEST = 20
_LONGEST_NAME = 200
_TYPES = {"json": "json"}
"""What an outline's `type` says beside "rss", which stands for Atom too."""


class UnreadableOpml(Exception):
    """A file that is no OPML we can take: the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class FeedOutline:
    """One feed of a list. `number` counts the outlines with an address from 1; `url` None: the address is none of the
    web's, as `written`. `folders` are those it lies in, from the outermost.
    """

    number: int
    title: str
    written: str
    url: str | None
    kind: str
    language: str | None
    folders: tuple[str, ...]


def read_opml(document: bytes) -> list[FeedOutline]:
    """The feeds of an OPML document, in its order. Raises UnreadableOpml."""
    if len(document) > LARGEST:
        raise UnreadableOpml(f"larger than {LARGEST >> 20} MB")
    try:
        return list(_feeds(document))
    except DefusedXmlException as error:
        raise UnreadableOpml(f"XML with declarations that no OPML needs ({type(error).__name__})") from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableOpml(f"not well-formed XML: {error}") from error


def _feeds(document: bytes) -> Iterator[FeedOutline]:
    folders: list[str] = []
    depth, count = 0, 0
    for event, element in iterparse(BytesIO(document), events=("start", "end"), forbid_dtd=True):
        if event == "end":
            depth -= 1
            if element.tag == "outline":
                folders.pop()
            element.clear()
            continue
        depth += 1
        if depth == 1 and element.tag != "opml":
            raise UnreadableOpml(f"an XML document <{element.tag[:40]}>, no OPML")
        if depth > _DEEPEST:
            raise UnreadableOpml(f"folders nested deeper than {_DEEPEST}")
        if element.tag != "outline":
            continue
        written = element.get("xmlUrl")
        if written is not None:
            count += 1
            if count > MOST_FEEDS:
                raise UnreadableOpml(f"more than {MOST_FEEDS} feeds; cut it into several files")
            yield _feed(count, element.attrib, written, tuple(name for name in folders if name))
        folders.append(_name(element.attrib) or "" if written is None else "")


def _feed(number: int, attributes: Mapping[str, str], written: str, folders: tuple[str, ...]) -> FeedOutline:
    kind = attributes.get("type", "").strip().lower()
    return FeedOutline(
        number=number,
        title=_name(attributes) or written[:_LONGEST_NAME],
        written=written,
        url=page_address(written, ""),
        kind=_TYPES.get(kind, "json" if written.lower().endswith(".json") else "rss"),
        language=attributes.get("language"),
        folders=folders,
    )


def _name(attributes: Mapping[str, str]) -> str | None:
    return plain(attributes.get("text"), _LONGEST_NAME) or plain(attributes.get("title"), _LONGEST_NAME)


def write_opml(title: str, feeds: Sequence[FeedOutline]) -> bytes:
    """The feeds as an OPML document, each in its folders; the same feeds give the same bytes."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    made: dict[tuple[str, ...], Element] = {(): body}
    for feed in feeds:
        for depth in range(1, len(feed.folders) + 1):
            path = feed.folders[:depth]
            if path not in made:
                made[path] = SubElement(made[path[:-1]], "outline", text=path[-1])
        outline = {"text": feed.title, "title": feed.title, "xmlUrl": feed.written}
        outline["type"] = "json" if feed.kind == "json" else "rss"
        if feed.language:
            outline["language"] = feed.language
        SubElement(made[feed.folders], "outline", outline)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"
