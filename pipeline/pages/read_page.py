"""From the bytes of a page to its main text and metadata: the door for the reader processes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.model import Capture, FeedHints, PageText
from pipeline.pages import page_metadata
from pipeline.pages.decode import decode_page
from pipeline.pages.json_ld import is_locked, text_of
from pipeline.pages.main_text import MainText, find_main_text
from pipeline.pages.page_access import Access, find_access, is_gone
from pipeline.pages.page_head import Head, read_head, wechat_time
from pipeline.pages.page_language import find_language
from pipeline.pages.page_lines import article_lines
from pipeline.pages.page_parser import parse_page
from pipeline.pages.page_tree import count_words, read_tree
from pipeline.pages.plain_text import find_title, split_paragraphs
from pipeline.pages.publisher import host_of, names_of_host
from pipeline.pages.reprint_line import read_credits

_MOST_BYTES = 10_000_000
_ANCHOR_LENGTH = 24
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_LOOKS_LIKE_MARKUP = re.compile(r"<(?:!doctype|html|body|div|p|h[1-6]|br|a|span|table|ul)\b[^<>]*>", re.IGNORECASE)
_NO_HEAD = Head({}, {}, "", (), (), {"published": (), "source": (), "author": (), "account": ()}, "", "")
_MUCH_MORE = 2


@dataclass(frozen=True, slots=True)
class _Content:
    """What was read of a document before anything is decided about it."""

    head: Head
    title: str
    main: MainText
    visible: str
    script_time: str = ""


def read_page(capture: Capture, hints: FeedHints | None = None) -> PageText:
    """The article on a page, in a feed's entry (HTML without <html>), or in a plain text, with its metadata.

    Paragraphs are separated by a blank line. Linear in the size of the body, of which the first 10 MB are read. Never
    raises; a page that is no article gives an empty text.
    """
    hints = hints or FeedHints()
    content = _read_content(decode_page(capture.body[:_MOST_BYTES], capture.content_type), capture)
    head = content.head
    publisher, own_names = page_metadata.find_publisher(head, capture.url)
    title = content.title or page_metadata.find_title(head, own_names, hints) or (hints.title or "").strip()
    access = find_access(title, content.visible, is_locked(head.article))
    lines, paragraphs = content.main.lines, _paragraphs(content, title, access, hints)
    text = "\n\n".join(paragraphs)
    language = find_language(f"{title}\n{text}", head.language)
    credits = read_credits([*head.marked["source"], *lines], own_names)
    address, foreign = page_metadata.find_address(head, capture.url)
    published, precision = page_metadata.find_published(head, capture, hints, lines, language, content.script_time)
    return PageText(
        title=title,
        text=text,
        language=language,
        canonical_url=address,
        publisher=publisher,
        original_publisher=credits.original_publisher or _foreign_publisher(foreign, own_names),
        authors=credits.authors or page_metadata.find_authors(head, own_names, hints),
        published=published,
        published_precision=precision,
        access=access,
    )


def _read_content(text: str, capture: Capture) -> _Content:
    if _is_plain(text, capture.content_type):
        paragraphs = split_paragraphs(text)
        title, used = find_title(paragraphs)
        return _Content(_NO_HEAD, title, MainText(paragraphs[used:], paragraphs), text)
    parser = parse_page(text)
    head = read_head(parser)
    tree = read_tree(parser)
    main = find_main_text(tree, _anchor(head), fragment=not _WHOLE_PAGE.search(text))
    visible = "\n".join(block.text for block in tree.blocks)
    return _Content(head, "", main, visible, wechat_time(text) if host_of(capture.url) == "mp.weixin.qq.com" else "")


def _is_plain(text: str, content_type: str | None) -> bool:
    kind = (content_type or "").split(";")[0].strip().lower()
    if kind in ("text/plain", "text/markdown"):
        return not _WHOLE_PAGE.match(text.lstrip()[:100])
    return not kind and not _LOOKS_LIKE_MARKUP.search(text)


def _anchor(head: Head) -> str:
    """The first words of the page's description of itself, which often are those of the article."""
    stated = head.metas.get("og:description") or head.metas.get("description") or ""
    words = " ".join(stated.split())[:_ANCHOR_LENGTH]
    return words if len(words) == _ANCHOR_LENGTH else ""


def _paragraphs(content: _Content, title: str, access: Access, hints: FeedHints) -> list[str]:
    """The article's paragraphs: from the page; where it has (nearly) none, from its JSON-LD or the feed."""
    paragraphs: list[str] = []
    if access != "challenge" and not is_gone(content.visible):
        paragraphs = article_lines(content.main.paragraphs, title)
        paragraphs = _longer(paragraphs, split_paragraphs(text_of(content.head.article.get("articleBody"))))
    if hints.content_html:
        paragraphs = _longer(paragraphs, _fragment_paragraphs(hints.content_html, title))
    if not paragraphs and hints.summary_html:
        paragraphs = _fragment_paragraphs(hints.summary_html, title)
    return paragraphs


def _fragment_paragraphs(html: str, title: str) -> list[str]:
    return article_lines(find_main_text(read_tree(parse_page(html)), fragment=True).paragraphs, title)


def _longer(paragraphs: list[str], others: list[str]) -> list[str]:
    """The others, where they say much more: the page then holds only the beginning, or is drawn by a script."""
    words, more = (sum(count_words(text) for text in texts) for texts in (paragraphs, others))
    return others if more > _MUCH_MORE * words else paragraphs


def _foreign_publisher(address: str | None, own_names: tuple[str, ...]) -> str | None:
    """Who runs the site that a page's canonical link names instead of its own."""
    names = names_of_host(host_of(address))
    return names[0] if names and names[0] not in own_names else None
