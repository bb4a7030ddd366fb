"""Bytes become text, never mojibake: declared well, wrongly, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.pages.decode import decode_page

ZH = "<p>人工智能视频公司今天宣布完成一亿元融资，投资方没有披露。这家公司的产品已经上线，用户可以在网页上使用它。</p>"
TW = "<p>人工智慧影片公司今天宣布完成一億元融資，投資方沒有披露。這家公司的產品已經上線，使用者可以在網頁上使用它。</p>"
RU = "<p>Компания сообщила, что привлекла сто миллионов рублей и выпустит новый продукт для монтажа видео.</p>"
FR = "<p>La société a annoncé qu’elle a levé des fonds auprès d’investisseurs français, à l’été dernier, déjà.</p>"
JA = "<p>動画生成の会社は今日、新しい資金調達を発表しました。製品はすでに公開されています。</p>"
KO = "<p>영상 생성 회사는 오늘 새로운 투자를 발표했다. 제품은 이미 공개되었다.</p>"


def meta(charset: str, text: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


CASES = [
    (ZH.encode(), None, ZH),
    (ZH.encode(), "text/html; charset=iso-8859-1", ZH),
    (ZH.encode(), "text/html; charset=gbk", ZH),
    (ZH.encode("utf-8-sig"), None, ZH),
    (ZH.encode("utf-16"), "text/html; charset=utf-8", ZH),
    (meta("gb2312", ZH + "囧镕").encode("gbk"), None, meta("gb2312", ZH + "囧镕")),
    (meta("gb2312", ZH + "㐂𠮷").encode("gb18030"), None, meta("gb2312", ZH + "㐂𠮷")),
    (meta("gbk", ZH).encode("gbk"), "text/html; charset=utf-8", meta("gbk", ZH)),
    (meta("gbk", ZH).encode("gbk"), "text/html; charset=ISO-8859-1", meta("gbk", ZH)),
    (meta("utf-8", ZH).encode("gbk"), "text/html; charset=utf-8", meta("utf-8", ZH)),
    (ZH.encode("gbk"), "text/html; charset=nonsense", ZH),
    (ZH.encode("gbk"), None, ZH),
    (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><h1>' + "滕翾".encode("gbk"), None,
     '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><h1>滕翾'),
    (meta("big5", TW).encode("big5"), None, meta("big5", TW)),
    (meta("gb2312", TW).encode("big5"), "text/html; charset=gb2312", meta("gb2312", TW)),
    (TW.encode("big5"), None, TW),
    (meta("big5", "香港嘅嘢" + TW).encode("big5hkscs"), None, meta("big5", "香港嘅嘢" + TW)),
    (meta("windows-1251", RU).encode("cp1251"), "text/html; charset=iso-8859-1", meta("windows-1251", RU)),
    (FR.encode("cp1252"), "text/html; charset=iso-8859-1", FR),
    (FR.encode("cp1252"), None, FR),
    (meta("shift_jis", JA).encode("cp932"), None, meta("shift_jis", JA)),
    (meta("euc-kr", KO).encode("cp949"), None, meta("euc-kr", KO)),
    (b"", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "content_type", "text"), CASES)
def test_decoded(body: bytes, content_type: str | None, text: str) -> None:
    assert decode_page(body, content_type) == text


@pytest.mark.parametrize("cut", range(1, 6))
def test_a_torn_page_is_read_up_to_the_tear(cut: int) -> None:
    assert decode_page(ZH.encode()[:-4][:-cut], None).startswith(ZH[:-8])
    assert decode_page(meta("gb2312", ZH).encode("gbk")[:-18][:-cut], None).startswith(meta("gb2312", ZH)[:-22])


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    assert decode_page(ZH.encode() * 50 + b"\xff" + ZH.encode(), None).count(ZH) == 51


@given(st.binary(), st.one_of(st.none(), st.text()))
def test_never_raises(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode_page(body, content_type), str)


@example("丁")  # in Big5 the same bytes are 間, one of its commonest characters
@given(st.text(st.characters(codec="gb18030", min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_declared_gbk_is_believed(text: str) -> None:
    assert decode_page(meta("gbk", text).encode("gbk"), "text/html; charset=gbk") == meta("gbk", text)
