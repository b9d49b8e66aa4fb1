"""Text of JATS markup as it reads: citation marks left out, raised figures kept raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING

from corpus.jats_formulae import MATHS, formula, tex

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HREF = "{http://www.w3.org/1999/xlink}href"
"""The attribute that holds the address of a link."""

_CITATIONS = frozenset({"bibr", "bib", "ref"})
_FOOTNOTES = frozenset({"fn", "table-fn", "author-notes", "corresp", "aff", "contrib"})
_LEFT_OUT = frozenset(
    "fn media object-id index-term index-term-range-end private-char strike "
    "milestone-start milestone-end alt-text long-desc permissions ref-list".split()
)
_APART = frozenset(
    "p title label list list-item def-list def-item term def disp-quote disp-formula disp-formula-group "
    "tr td th sec caption table-wrap fig boxed-text attrib statement verse-line preformat code array".split()
)
_ALTERNATIVES = (f"{MATHS}math", "textual-form", "table", "tex-math", "code", "preformat")

# No XML can hold these two characters, so they may stand around what a citation mark says.
_OPEN, _CLOSE = "\x01", "\x02"
_MARK = f"{_OPEN}[^{_CLOSE}]*{_CLOSE}"
_BETWEEN = r"(?:[\s,;:&–—−-]|\band\b|\d)*"
_LEAD = r"(?:see(?: also)?|e\.?g\.?|cf\.|i\.e\.|(?:as )?review(?:s|ed) (?:in|by)|for (?:a )?reviews?,? see|refs?\.?|references?|also|and)"
_BRACKETED = re.compile(
    rf"[\[(]\s*(?:{_LEAD}[\s,:]*)*{_MARK}(?:{_BETWEEN}{_MARK})*{_BETWEEN}[\])]", re.IGNORECASE
)
_NAME = r"(?:[A-Z][a-z'’-]+|et al\.?|and|in press|see|e\.g\.|[\s,;.:&–-])"
_NAMED = re.compile(rf"[\[(](?:{_NAME}*{_OPEN}(?:19|20)\d\d[a-z]?{_CLOSE})+{_NAME}*[\])]")
_EMPTY = f"{_OPEN}{_CLOSE}"
_RUN = rf"{_EMPTY}(?:[\s,;–—−-]*{_EMPTY})*"
_NUMBERED = re.compile(
    rf"(?<=[(\[]){_RUN}[\s,;:]+|(?<=\.)\s*{_RUN}\s*\.(?!\.)|[\s,;]*{_RUN}[\s,;]*(?=[)\]])|\s*{_RUN}"
)
_LOOSE = re.compile(r" +(?=[,;](?:\s|$))|(?<=[a-z]) +(?=\.(?:\s|$))")
_NUMBERS = re.compile(
    r"[\[(]?\s*(?:refs?\.?\s*|references?\s*)?(?!(?:19|20)\d\d[a-z]?$)\[?\d{1,4}[a-z]?\]?"
    r"(?:[\s,;–—−-]+\[?\d{1,4}[a-z]?\]?)*\s*[\])]?[.,]?",
    re.IGNORECASE,
)

_RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LETTERS = str.maketrans("abcdefghjklmoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_FOOTNOTE_LETTERS = re.compile(r"[a-z](?:[,\s]*[a-z])*")


def text(element: Element, footnoted: bool = False) -> str:
    """Its words on one line, without marks of citations and footnotes.

    `10<sup>9</sup>` becomes 10⁹ and never 109. An author named in the sentence stays in it.

    Args:
        element: with its children; its tail doesn't count.
        footnoted: whether a raised letter is the mark of a footnote, as in a title or the cell of a table.

    Raises:
        ValueError: it refers to an entity that no standard of characters knows.
    """
    parts: list[str] = []
    _gather(element, parts, footnoted)
    return _read("".join(parts))


def first_text(element: Element | None, *paths: str) -> str | None:
    """Text of the first of `paths` that leads to an element with any, without raised letters; None where none does."""
    if element is None:
        return None
    found = (text(child, footnoted=True) for path in paths for child in element.iterfind(path))
    return next((words for words in found if words), None)


def attribute(element: Element, name: str) -> str:
    """An attribute without the white space around it; empty where there is none."""
    return (element.get(name) or "").strip()


def pieces(element: Element, apart: frozenset[str]) -> Iterator[str | Element]:
    """Its text up to, between and after the children whose tag is in `apart`, and these children."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in apart:
            yield _read("".join(parts))
            yield child
            parts = []
        else:
            _append(child, parts, footnoted=False)
        parts.append(child.tail or "")
    yield _read("".join(parts))


def _gather(element: Element, parts: list[str], footnoted: bool) -> None:
    parts.append(element.text or "")
    for child in element:
        _append(child, parts, footnoted)
        if child.tail:
            parts.append(child.tail)


def _append(child: Element, parts: list[str], footnoted: bool) -> None:  # noqa: C901, PLR0912  # one row a kind of element
    """Add to `parts` what `child` says, without its tail."""
    match child.tag:
        case tag if not isinstance(tag, str):
            parts.append(_character(child))
        case "sup":
            parts.append(_superscript(child, _last(parts), footnoted))
        case "sub":
            words = _flat(child, footnoted)
            figures = _last(parts).isdecimal() and words[:1].isdecimal()
            parts.append(words.translate(_LOWERED) if figures else words)
        case "xref":
            parts.append(_reference(child, footnoted))
        case "break":
            parts.append(" ")
        case "alternatives":
            _append_one(child, parts, footnoted)
        case "graphic" | "inline-graphic":
            parts.append(_EMPTY)
        case "ext-link" | "uri" if not "".join(child.itertext()).strip():
            parts.append(attribute(child, HREF))
        case "tex-math":
            parts.append(tex(child.text or ""))
        case tag if tag in _LEFT_OUT:
            pass
        case tag if tag in _APART:
            parts.append(f" {_flat(child, footnoted)} ")
        case tag if tag.startswith(MATHS):
            parts.append(formula(child))
        case _:
            _gather(child, parts, footnoted)


def _append_one(alternatives: Element, parts: list[str], footnoted: bool) -> None:
    """Add the alternative that reads best as text."""
    for tag in _ALTERNATIVES:
        if (chosen := alternatives.find(tag)) is not None:
            return _append(chosen, parts, footnoted)
    return _gather(alternatives, parts, footnoted)


def _flat(element: Element, footnoted: bool) -> str:
    parts: list[str] = []
    _gather(element, parts, footnoted)
    return "".join(parts)


def _last(parts: list[str]) -> str:
    return next((part[-1] for part in reversed(parts) if part), "")


def _character(child: Element) -> str:
    """The character of a standard entity, such as `&micro;`; nothing for a comment or an instruction."""
    name = child.text or ""
    if not name.startswith("&"):
        return ""
    declared = child.getroottree().docinfo.internalDTD
    ours = {entity.name for entity in declared.iterentities()} if declared is not None else set()
    if name[1:] not in html5 or name[1:-1] in ours:
        raise ValueError(f"it uses the entity {name}, which is not expanded; write the character itself")
    return html5[name[1:]]


def _reference(child: Element, footnoted: bool) -> str:
    kind = attribute(child, "ref-type")
    words = _flat(child, footnoted)
    if kind in _CITATIONS:
        plain = "".join(child.itertext()).strip()
        return _EMPTY if _NUMBERS.fullmatch(plain) else f"{_OPEN}{words}{_CLOSE}"
    if kind in _FOOTNOTES and len(words.strip()) <= 3:
        return ""
    return words


def _superscript(child: Element, before: str, footnoted: bool) -> str:
    words = _flat(child, footnoted)
    bare = words.strip()
    if child.find(".//xref") is not None and not re.search(r"\w", re.sub(_MARK, "", words)):
        return _EMPTY if _OPEN in words else ""
    if _OPEN in words or not bare:
        return words
    after = (child.tail or "")[:1]
    if bare == "o" and after == "C":
        return "°"
    isotope = bool(re.fullmatch(r"\d{1,3}m?", bare)) and after.isalpha()
    if isotope and not (before.isalnum() or before in set(")]}%°")):
        return bare
    return _raised(bare, footnoted)


def _raised(words: str, footnoted: bool) -> str:
    if all(ord(letter) in _RAISED for letter in words):
        return words.translate(_RAISED)
    if any(letter.isdecimal() for letter in words) and not re.match(r"[A-Za-z]{2}", words):
        return f"^{words}" if re.fullmatch(r"\S+", words) else f"^({words})"
    if words in {"st", "nd", "rd", "th"} or not _FOOTNOTE_LETTERS.fullmatch(words):
        return {"TM": "™", "R": "®", "(R)": "®"}.get(words, words)
    if re.search(r"[a-z]{2}", words):
        return words
    return "" if footnoted else words.translate(_LETTERS)


def _read(marked: str) -> str:
    """`marked` without its citation marks and with single spaces."""
    if _OPEN in marked:
        marked = _NAMED.sub(_EMPTY, marked)
        while (fewer := _BRACKETED.sub(_EMPTY, marked)) != marked:
            marked = fewer
        marked = _NUMBERED.sub("", marked).replace(_OPEN, "").replace(_CLOSE, "")
    return _LOOSE.sub("", " ".join(marked.split()))
