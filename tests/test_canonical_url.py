"""One page, one address: examples, the whole list of tracking parameters, and idempotence on anything."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.pages.canonical_url import _rules, canonical_url

SAME = [
    ("https://Example.COM:443/News/1/?utm_source=x&utm_medium=rss#top", "https://example.com/News/1"),
    ("http://example.com/news", "https://example.com/news"),
    ("https://example.com", "https://example.com/"),
    ("https://example.com/?p=123&fbclid=abc", "https://example.com/?p=123"),
    ("https://example.com/a?id=7&aid=8&story=9&spm=1.2.3&gclid=4", "https://example.com/a?aid=8&id=7&story=9"),
    ("https://m.example.com/a", "https://www.example.com/a"),
    ("https://m.example.com.cn/a", "https://www.example.com.cn/a"),
    ("https://m.36kr.com/p/123", "https://36kr.com/p/123"),
    ("https://www.36kr.com/p/123", "https://36kr.com/p/123"),
    ("https://m.news.example.com/a", "https://news.example.com/a"),
    ("https://en.m.wikipedia.org/wiki/Runway", "https://en.wikipedia.org/wiki/Runway"),
    ("https://m.co/a", "https://m.co/a"),
    ("https://example.com/2024/02/story/amp/", "https://example.com/2024/02/story"),
    ("https://example.com/amp/story-1", "https://example.com/story-1"),
    ("https://example.com/story.amp.html", "https://example.com/story.html"),
    ("https://example.com/story?amp=1&outputType=amp", "https://example.com/story"),
    ("https://www.google.com/amp/s/example.com/story/amp", "https://example.com/story"),
    ("https://example-com.cdn.ampproject.org/c/s/example.com/story", "https://example.com/story"),
    ("https://example.com/camp", "https://example.com/camp"),
    ("https://example.com/amplify/amp-review", "https://example.com/amplify/amp-review"),
    (
        "http://mp.weixin.qq.com/s?__biz=Mz==&mid=99&idx=1&sn=0a&chksm=f&scene=21#wechat_redirect",
        "https://mp.weixin.qq.com/s?__biz=Mz%3D%3D&idx=1&mid=99&sn=0a",
    ),
    ("https://mp.weixin.qq.com/s/abcDEF-1?scene=1", "https://mp.weixin.qq.com/s/abcDEF-1"),
    ("https://example.com/新闻/1.html", "https://example.com/%E6%96%B0%E9%97%BB/1.html"),
    ("https://t.qianzhan.com/caijing/detail/240226-0a1b2c3d.html", None),
    ("http://127.0.0.1:8123/a/", "http://127.0.0.1:8123/a"),
    ("http://127.0.0.1/a", "http://127.0.0.1/a"),
    ("http://localhost/a", "http://localhost/a"),
    ("  https://example.com/a \n", "https://example.com/a"),
    ("urn:isbn:1", "urn:isbn:1"),
    ("http://[", "http://["),
    ("http://example.com:99999/", "http://example.com:99999/"),
    ("", ""),
]


@pytest.mark.parametrize(("url", "canonical"), SAME)
def test_canonical(url: str, canonical: str | None) -> None:
    assert canonical_url(url) == (url if canonical is None else canonical)


def test_every_listed_parameter_is_dropped_and_no_other() -> None:
    names = [name.replace("*", "any") for name in _rules()["tracking"]]
    for name in names:
        assert canonical_url(f"https://example.com/a?{name}=1&id=2") == "https://example.com/a?id=2"
    assert len(names) == len(set(names))
    for name in ("id", "p", "page_id", "story", "aid", "newsid", "v", "q", "mid", "idx", "sn", "article", "code"):
        assert canonical_url(f"https://example.com/a?{name}=1") == f"https://example.com/a?{name}=1"


_ADDRESS = ["http://", "https://", "m.", "www.", "amp.", "example.com", "google.com/amp/s/", ":80", "@", "[", "]", "à"]
_REST = ["/amp", "/", "?", "&", "=", "#", "utm_source=1", "from=", ".amp.html", "%", "%2F", "%25", "新", ";", "+", "."]
_PIECE = st.sampled_from([*_ADDRESS, *_REST, " ", "\n", "\x00", "\ud800"])


def test_a_link_of_wechats_search_is_no_article_of_another():
    """It expires and names no article: what is left of it must not be the same for all of them."""
    one, other = (f"https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=2&signature={name}" for name in "ab")
    assert canonical_url(one) != canonical_url(other)


@given(
    st.one_of(
        st.text(), st.lists(_PIECE, max_size=12).map("".join), st.lists(_PIECE).map(lambda p: "http://a.b" + "".join(p))
    )
)
@example("https://example.com/amp/amp/amp")
def test_idempotent_and_never_raises(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
