"""Names of rounds in a sentence: Series C extension, D轮, Pre-A, convertible note, 老股转让."""

from __future__ import annotations

import re
from functools import cache

from db.model import Language
from pipeline.fold import lower_case
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.matching.word_patterns import chinese_words, english_words
from pipeline.values.found import FoundSeries

_ENGLISH = GatedPattern(
    r"\b(?P<pre>[Pp]re-?\s?)?(?:Series|SERIES|series(?= [A-K][\w+-]*(?: (?:round|fund|financ|exten|led|from)|[.,;)]"
    r"|$)))[ -](?P<letter>[A-K])(?P<suffix>\+{1,3}|-?\d{1,2}(?![\d.]))?(?![\w'])"
    r"(?P<prime>-prime)?(?P<ext>(?: [a-z]+)? extension)?"
    r"|\b(?P<pre_short>[Pp]re-?)(?P<letter_pre>[A-K])(?P<suffix_pre>\+)? (?=round|financing|funding)"
    r"|(?<![\w-])(?P<letter_round>[A-K])(?P<suffix_round>\+|\d)?[ -]round\b(?P<ext_round> extension)?"
    r"|(?:(?<=illion )|(?<=\d[mMkK] ))(?P<letter_bare>[A-K])(?P<suffix_bare>\+|\d)?(?=[.,;)]| (?:in hand|led|from"
    r"|with|that|which|closed|was)\b)"
    r"|\b(?:[Aa]n?|[Tt]he|[Ii]ts|[a-z][’']s) (?P<letter_close>[A-E])(?P<suffix_close>\d|\+)"
    r"(?=(?: extension)? (?:of [^A-Z]|is [A-Z]|was|raised|brought|came|led|that|which|another)|[.,;:] )"
    r"|\A(?P<seed_label>[Pp]re-)?[Ss]eed(?=(?:, [A-Z][a-z]+ \d{4}|, \d{4}| \([^)]{3,20}\))?: )"
    r"|(?:(?<=illion )|(?<=\d[mMkK] ))seed\b(?! (?:round|funding|financing|money|stage|investment|capital|extension))"
    r"|\b[Ss]eed(?P<seed_plus>\+| extension)?(?= of [$€£]|[ -](?:round|funding|financing|money|stage|investment|capital"
    r"|extension|and Series)|\+|,? (?:led|from)|\.)",
)
_CHINESE = re.compile(
    r"(?<![A-Za-z0-9])(?P<pre>[Pp]re-?\s?)?(?P<letter>[A-Ka-k])(?P<suffix>\+{1,3}|-?\d{1,2})?(?:[-至、~](?P<until>[A-K]?\d))?\s?(?:轮|系列)(?!换)"
)


def find_series(text: str, language: Language) -> list[FoundSeries]:
    """Every round's name in a folded text, in order, none overlapping.

    Pre-A is ("series_a", "pre"); A+ keeps its suffix as the qualifier; "extension" and 追加 give "extension". A name
    without a known series, such as 首轮融资, is "series_unknown".
    """
    found = [*_lettered(text, language), *_worded(text, language)]
    kept: list[FoundSeries] = []
    for each in sorted(found, key=lambda series: (series.start, -series.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


_OPENS_SENTENCE = re.compile(r"(?:\A|[.!?:] |[\n“\"(] ?|\*)\Z")


def _lettered(text: str, language: Language) -> list[FoundSeries]:
    found = []
    for match in _ENGLISH.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        letter = groups.get("letter") or groups.get("letter_pre") or groups.get("letter_round")
        letter = letter or groups.get("letter_bare") or groups.get("letter_close")
        if groups.get("letter_round") == "A" and _OPENS_SENTENCE.search(text, max(0, match.start() - 3), match.start()):
            continue  # "A round of $30 million": no Series A
        if letter is None:
            kind = "pre_seed" if match["seed_label"] else "seed"
            found.append(FoundSeries(match.start(), match.end(), kind, "extension" if match["seed_plus"] else None))
            continue
        qualifier = _qualifier(
            letter.upper(),
            bool({"pre", "pre_short"} & groups.keys()),
            groups.get("suffix")
            or groups.get("suffix_pre")
            or groups.get("suffix_round")
            or groups.get("suffix_bare")
            or groups.get("suffix_close"),
            bool({"ext", "ext_round", "prime"} & groups.keys()),
        )
        found.append(FoundSeries(match.start(), match.end(), f"series_{letter.lower()}", qualifier))
    if language == "zh" and ("轮" in text or "系列" in text):
        for match in _CHINESE.finditer(text):
            letter = match["letter"].upper()
            extended = text.startswith(("追加", "扩展", "延长"), match.end())
            qualifier = _qualifier(letter, bool(match["pre"]), match["suffix"], extended)
            found.append(FoundSeries(match.start(), match.end(), f"series_{letter.lower()}", qualifier))
    return found


def _qualifier(letter: str, pre: bool, suffix: str | None, extended: bool) -> str | None:
    if pre:
        return "pre" if suffix is None else f"Pre-{letter}{suffix}"
    if extended:
        return "extension"
    return f"{letter}{suffix.replace('-', '')}" if suffix else None


@cache
def _words(language: str) -> tuple[GatedPattern, dict[str, tuple[str, str | None]]]:
    """The pattern of all worded names, and what each means."""
    table: dict[str, tuple[str, str | None]] = {}
    for entry in lexicon("pipeline.lexicon", "series")[language]:
        for word in entry["words"]:
            table[_spelling(word, language)] = (entry["type"], entry.get("qualifier"))
    return GatedPattern(english_words(table) if language == "en" else chinese_words(table)), table


def _spelling(word: str, language: str) -> str:
    """A name as the table holds it: lower case, in English with spaces for hyphens."""
    return word.lower().replace("-", " ") if language == "en" else word.lower()


def _worded(text: str, language: Language) -> list[FoundSeries]:
    found = []
    lowered = lower_case(text)
    for name in ("en", "zh") if language == "zh" else ("en",):
        pattern, table = _words(name)
        for match in pattern.finditer(lowered):
            if match[0] in ("safe", "pipe") and not text[match.start() : match.end()].isupper():
                continue
            investment_type, qualifier = table[_spelling(match[0], name)]
            found.append(FoundSeries(match.start(), match.end(), investment_type, qualifier))
    return found
