"""Which paragraphs are not the article: app downloads, related links, disclaimers; and "About X" of press releases."""

from __future__ import annotations

import re

_NOTICE = re.compile(
    r"^(?:"
    r"(?:Read|See) (?:more|also)\b|Related(?: (?:articles?|stories))?(?=[:：]|$)|Related (?:articles?|stories)\b"
    r"|Subscribe\b|Sign up\b|Follow us\b|Share this\b"
    r"|Media contacts?\b"
    r"|Press contact|Contact:|Disclaimer|Forward-looking statements|Copyright(?=[ :]*(?:©|\(c\)|\d{4}|notice))"
    r"|©|All rights reserved|Advertisement"
    r"|Sponsored"
    r"|相关阅读|相关推荐|推荐阅读|延伸阅读|更多阅读|免责声明|声明[:：]|版权声明|风险提示|点击下载|关注.{0,10}公众号|责任编辑"
    r"|编辑[:：]|更多精彩|欢迎投稿|广告(?=[:：]|$)|本文仅代表|投资有风险"
    r")",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:About (?:the )?(?P<en>[A-Z][\w .&-]{1,40})|关于(?P<zh>[\w .·]{2,20}))[:：]?$")
_LONGEST_NOTICE = 160
_BUTTON = re.compile(r"^(?:下载.{0,12}(?:APP|App|客户端)|扫码|打开.{0,8}(?:APP|App))", re.IGNORECASE)
_LONGEST_BUTTON = 40
"""「打开可灵App，用户会发现……」 goes on as a button never does."""


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph is a notice of the site and no part of the article."""
    if len(paragraph) <= _LONGEST_BUTTON and _BUTTON.match(paragraph):
        return True
    return len(paragraph) <= _LONGEST_NOTICE and bool(_NOTICE.match(paragraph))


def is_about_heading(paragraph: str) -> bool:
    """Whether a paragraph is the heading of a release's self-portrait: what follows is background, not news."""
    return bool(_ABOUT.match(paragraph))
