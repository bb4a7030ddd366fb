"""JSON from a search or a register: parsed, or named as what it is instead."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from crawlers.readers.reading import NotAFeed

_STRAY_BACKSLASH = re.compile(r'\\(?!["\\/bfnrtu])')
_SAID = 200


def read_object(body: bytes, content_type: str | None, *, mend: bool = False) -> Mapping[str, Any]:
    """The object in a JSON document. `mend`: raw control characters and stray backslashes in texts are let pass.

    Raises NotAFeed; some interfaces answer an error as a web page with status 200, whose words are then the reason.
    """
    text = body.decode("utf-8", "replace")
    if (content_type or "").lower().startswith("text/html") or text.lstrip()[:1] not in ("{", "["):
        raise NotAFeed(f"no JSON but: {' '.join(text.split())[:_SAID]}")
    try:
        found = json.loads(_STRAY_BACKSLASH.sub(r"\\\\", text) if mend else text, strict=not mend)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"no JSON: {error}") from error
    if not isinstance(found, dict):
        raise NotAFeed("a JSON list where an object should be")
    return found


def items_of(value: object) -> list[Mapping[str, Any]]:
    """The objects of a JSON list; nothing of anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
