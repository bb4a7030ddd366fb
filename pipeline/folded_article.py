"""An article's title and text as the rules read them: folded, headlines as sentences, titles of others blotted out."""

from __future__ import annotations

import re

from db.model import Article
from pipeline.fold import fold_text
from pipeline.headline_case import sentence_case

_OTHER_TITLE = re.compile(r"《[^《》\n]{9,80}》")


def fold_article(article: Article) -> tuple[str, str]:
    """The folded title and text; what stands in the title of another text (《...》) is not told here: blotted out."""
    text = fold_text(article.text)
    title = fold_text(article.title)
    if article.language == "en":
        title = sentence_case(title, text)
    return title, _OTHER_TITLE.sub(lambda match: "《" + " " * (len(match[0]) - 2) + "》", text)
