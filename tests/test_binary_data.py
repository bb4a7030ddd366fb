"""Bytes that are no text are told from pages in any encoding."""

from __future__ import annotations

import os
import zlib

import pytest

from pipeline.pages.binary_data import is_binary

PAGE = "<html><p>AI视频公司Runway完成3.08亿美元融资。Runway raised $308 million.</p></html>" * 40


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-32", "iso2022_jp_2", "hz"]
)
def test_pages_are_text_in_every_encoding(encoding):
    assert not is_binary(PAGE.encode(encoding, "ignore"))


@pytest.mark.parametrize(
    "body", [b"", b"x", "短".encode(), b"Runway \x00" + b" raised $308 million in a Series D." * 9]
)
def test_little_or_slightly_damaged_text_is_text(body):
    assert not is_binary(body)


@pytest.mark.parametrize(
    "body",
    [
        bytes(range(256)) * 9,
        zlib.compress(os.urandom(9000)),
        b"\x89PNG\r\n\x1a\n" + zlib.compress(os.urandom(9000)),
        b"%PDF-1.7\nRunway",
        b"<html>" * 2000 + os.urandom(20000),
    ],
)
def test_pictures_and_packed_files_are_not(body):
    assert is_binary(body)
