"""Knows the pages that want to see a person first: they are named and left alone, never solved."""

from __future__ import annotations

from typing import Any

_LOOKED_AT = 20_000
_MARKS = (
    b"<title>Just a moment...</title>",
    b"cf-browser-verification",
    b"/_Incapsula_Resource",
    b"captcha-delivery.com",
    b"px-captcha",
    b"Request unsuccessful. Incapsula",
    b"acw_sc__v2",
    b"aliyunwaf",
    b"TTGCaptcha",
    "完成验证后即可继续访问".encode(),
    "环境异常".encode(),
)
"""What Cloudflare, Imperva, DataDome, HUMAN, Alibaba Cloud, ByteDance and WeChat write into such pages."""


def is_challenge(status: int, headers: Any, body: bytes) -> bool:
    """Whether an answer (Scrapy's headers) is a check that only a person can pass."""
    if headers.get("cf-mitigated") == b"challenge":
        return True
    return any(mark in body[:_LOOKED_AT] for mark in _MARKS)
