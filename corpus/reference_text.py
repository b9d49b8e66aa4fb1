"""Words of bibliographic records as sources write them: labels, names, dates, pages, markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from corpus.dates import publication_date
from corpus.registry import TRIAL_NUMBER, only_trial
from rag.types import PublicationDate, Section

_LABELS = (
    "abstract aim aims background clinicaltrial conclusion conclusions context data design discussion evidence findings "
    "implications importance interpretation intervention interventions introduction limitations material materials "
    "measurements method methods methodology objective objectives outcome outcomes participants patients population "
    "purpose question rationale recommendation recommendations registration result results sample scope search "
    "selection setting settings significance sources statement study subjects summary synthesis trial unlabelled"
).split()
_LABEL = re.compile(
    r"(?:(?<=[.?!)\]]\s)|(?<=^)|(?<=\n))\s*"
    r"((?:[A-Z][A-Z0-9&/,'’()-]*|[A-Z][a-z]+)(?: (?:[A-Z0-9&/,'’()-]+|[a-z]+)){0,5})\s?(?::\s+|\.\s+(?<=[A-Z]{4}\.\s))(?=\S)"
)
_SHOUTED = re.compile(r"[A-Z]{2,}(?![\w]*\d)\w*")
_BLOCKS = re.compile(
    r"</?(?:jats:)?(?:p|div|title|sec|br|ul|ol|li|list|list-item)\b[^<>]{0,200}>", re.IGNORECASE
)
_INLINE = re.compile(
    r"</?(?:jats:[a-z-]+|i|b|u|em|strong|span|sc|scp|italic|bold|sub|sup|a)\b[^<>]{0,200}>", re.IGNORECASE
)
_SUPERSCRIPT = re.compile(r"<(?:jats:)?sup>([^<]{1,20})</(?:jats:)?sup>", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}")
_LANGUAGES = dict(
    zip(
        "english german french spanish italian portuguese chinese japanese russian polish dutch korean turkish".split(),
        "eng ger fre spa ita por chi jpn rus pol dut kor tur".split(),
        strict=True,
    )
) | {"en": "eng", "de": "ger", "fr": "fre", "es": "spa", "it": "ita", "pt": "por", "zh": "chi", "ja": "jpn"}


def one_line(text: str) -> str:
    """`text` with single blanks."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """`text` without the markup that Crossref, Zotero and CSL leave in; a raised number stays raised."""
    if "<" in text:
        text = _SUPERSCRIPT.sub(lambda found: _raised(found[1]), text)
        text = _INLINE.sub("", _BLOCKS.sub(" ", text))
    return html.unescape(text) if "&" in text else text


def abstract_sections(abstract: str) -> tuple[Section, ...]:
    """An abstract cut at its labels (`METHODS: …`), or whole under `Abstract` where it has none.

    A label stands at the start of a sentence and is one that abstracts are known to have, or is
    in capitals where the abstract has a known one in capitals as well.
    """
    labels = [found for found in _LABEL.finditer(abstract) if _known(found[1])]
    if not labels or (len(labels) == 1 and abstract[: labels[0].start()].strip()):
        return _sections([("Abstract", abstract)])
    if any(label[1].isupper() for label in labels):
        labels = [found for found in _LABEL.finditer(abstract) if found[1].isupper() or _known(found[1])]
    parts = [("Abstract", abstract[: labels[0].start()])]
    ends = [label.start() for label in labels[1:]] + [len(abstract)]
    parts += [
        (_heading(label[1]), abstract[label.end() : end]) for label, end in zip(labels, ends, strict=True)
    ]
    return _sections(parts)


def registry_of(given: Sequence[str], sections: Sequence[Section]) -> str | None:
    """The trial's number among those given, else in the abstract where that names no second trial."""
    for text in given:
        if found := TRIAL_NUMBER.search(text):
            return "".join(found[0].split())
    return only_trial("\n".join(section.text for section in sections))


def unshouted(label: str) -> str:
    """A label in capitals in small letters; names with figures in them, such as COVID-19, keep theirs."""
    return _SHOUTED.sub(lambda word: word[0].lower(), label)


def author(name: str) -> str:
    """`Family, Given Names` or `Family I.` as `Family GN`; the name of a group, or one in braces, as it stands."""
    if name.startswith("{"):
        return one_line(name.strip("{}"))
    family, comma, given = (one_line(part) for part in name.partition(","))
    if comma and given:
        return f"{family} {initials(given)}".strip()
    words = family.split()
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]) and words[-1].replace(".", "").isupper():
        return " ".join([*words[:-1], words[-1].replace(".", "").replace("-", "")])
    return family


def initials(given: str) -> str:
    """`Mary-Jane A.` as `MJA`; initials that already are stay."""
    words = [word for word in re.split(r"[\s.-]+", given.partition(",")[0]) if word]
    return "".join(word if word.isupper() and len(word) <= 3 else word[0].upper() for word in words)


def language(name: str) -> str:
    """The three letters of MEDLINE where they are known; else as it stands."""
    return _LANGUAGES.get(name.strip().lower().partition("-")[0], name.strip())


def slashed_date(text: str) -> PublicationDate | None:
    """`2019/03/07/`, `2019-03`, `2019//` or `7 Mar 2019`, with the parts that are there; None without a year."""
    parts = [part.strip() for part in re.split(r"[/\-.]", text)]
    if re.fullmatch(r"1[5-9]\d\d|20\d\d|21\d\d", parts[0]):
        return publication_date(*(part or None for part in parts[:3]))  # type: ignore[arg-type]  # the first is there
    year = re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)", text)
    if year is None:
        return None
    day = re.search(r"(?<!\d)(\d{1,2})(?!\d)", text)
    return publication_date(year[1], text, day[1] if day else None)


def page_range(start: str, end: str = "") -> str:
    """First and last page in one text; empty where there is no number in them."""
    whole = start if not end or "-" in start else f"{start}-{end}"
    return whole.replace("--", "-") if any(letter.isdigit() for letter in whole) else ""


def listed(text: str) -> tuple[str, ...]:
    """Items of a text that parts them by lines or semicolons."""
    return tuple(item for item in (one_line(part) for part in re.split(r"[;\n]", text)) if item)


def _known(label: str) -> bool:
    words = re.findall(r"[a-z]+", label.lower())
    return bool(words) and (words[0] in _LABELS or (label.isupper() and words[-1] in _LABELS))


def _sections(parts: Sequence[tuple[str, str]]) -> tuple[Section, ...]:
    return tuple(Section(heading, words) for heading, text in parts if (words := one_line(text)))


def _heading(label: str) -> str:
    if label.upper() in {"UNLABELLED", "ABSTRACT"}:
        return "Abstract"
    if label.isupper():
        label = unshouted(label).replace("(S)", "(s)").replace("'S ", "'s ")
    return label[0].upper() + label[1:]


def _raised(words: str) -> str:
    if all(ord(letter) in _RAISED for letter in words):
        return words.translate(_RAISED)
    return f"^{words}" if any(letter.isdecimal() for letter in words) else words


def distinct_words(items: Iterator[str]) -> tuple[str, ...]:
    """Items in their order, each once, without empty ones."""
    return tuple(dict.fromkeys(item for item in items if item))
