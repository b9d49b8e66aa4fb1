"""The abstract and the body of a JATS article, as sections under their heading paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.jats_left_out import evidence_behind, left_out, unnumbered
from corpus.jats_tables import rows
from corpus.jats_text import attribute, first_text, pieces, text
from corpus.reference_text import unshouted
from rag.types import Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST_HEADING = 120
"""Characters of the heading that a table gives its lines."""

_Path = tuple[str, ...]

# Kinds of abstract, and the heading of each; those of one line, pictures and films are left out.
_ABSTRACTS = {
    "": "Abstract",
    "normal": "Abstract",
    "abstract": "Abstract",
    "structured": "Abstract",
    "section": "Abstract",
    "plain-language-summary": "Plain-language summary",
    "plain": "Plain-language summary",
    "summary": "Author summary",
    "longsummary": "Author summary",
    "executive-summary": "Summary",
    "editor": "Editor's summary",
    "editors-summary": "Editor's summary",
    "key-points": "Key points",
    "key-messages": "Key points",
    "author-highlights": "Highlights",
    "highlights": "Highlights",
}
_FLOATS = frozenset({"table-wrap", "fig", "boxed-text"})
_GROUPS = frozenset({"fig-group", "table-wrap-group", "alternatives", "floats-wrap", "floats-group"})
_UNSAID = frozenset(
    "supplementary-material media graphic ref-list fn-group title label sec-meta object-id kwd-group "
    "related-article related-object permissions attrib alt-text".split()
)
_LISTS = frozenset({"list", "def-list"})
_SPLIT = frozenset(
    _FLOATS
    | _GROUPS - {"alternatives"}
    | _LISTS
    | {"disp-quote", "supplementary-material", "media", "preformat", "statement", "verse-group", "speech"}
)


def abstract_sections(meta: Element) -> tuple[Section, ...]:
    """Sections of the abstracts of `article-meta`; a translation stands in where there is no other."""
    given = list(meta.iterfind("abstract")) or list(meta.iterfind("trans-abstract"))[:1]
    found: list[tuple[str, str]] = []
    for abstract in given:
        kind = attribute(abstract, "abstract-type").lower()
        if heading := _ABSTRACTS.get(kind):
            own = heading_of(abstract) if kind not in {"", "normal", "section"} else ""
            found += _walk(abstract, (own or heading,))
    return _joined(found)


def body_sections(article: Element) -> tuple[Section, ...]:
    """Sections of the body, of appendices, and of tables and figures that stand behind it.

    Nothing of the reference list, of sub-articles, and of sections that are no evidence.
    """
    found: list[tuple[str, str]] = []
    for body in article.iterfind("body"):
        found += _walk(body, ())
    for back in article.iterfind("back"):
        for section in back.iter("sec", "app"):
            if section.getparent().tag in {"back", "app-group"}:
                found += _behind(section)
    for floats in article.iterchildren("floats-group", "floats-wrap"):
        found += _walk(floats, ())
    return _joined(found)


def heading_of(element: Element) -> str:
    """Its title on one line, without number and closing point; empty where it has none."""
    words = unnumbered(first_text(element, "title", "caption/title") or "").strip(" .:*")
    if words.isupper() and len(words) > 3:
        words = unshouted(words)
    # A name such as siRNA keeps its small letter.
    return words[:1].upper() + words[1:] if words.split(" ")[0].islower() else words


def _behind(section: Element) -> Iterator[tuple[str, str]]:
    heading = heading_of(section) or first_text(section, "label") or ""
    if section.tag == "app" and not left_out(heading, ""):
        named = heading if heading.lower().startswith("appendix") else f"Appendix / {heading}".rstrip(" /")
        yield from _walk(section, (named,))
    elif section.tag == "sec" and evidence_behind(heading, attribute(section, "sec-type")):
        yield from _walk(section, (heading,))


def _walk(element: Element, path: _Path) -> Iterator[tuple[str, str]]:
    """Each paragraph below `element` with its heading path; tables and figures after the text around them."""
    heading = " / ".join(path)
    floats: list[Element] = []
    for child in element:
        if child.tag == "sec":
            yield from _floated(floats, path)
            floats = []
            title = heading_of(child)
            if not left_out(title, attribute(child, "sec-type")):
                yield from _walk(child, (*path, title) if title else path)
        else:
            yield from ((heading, words) for words in _paragraphs(child, floats))
    yield from _floated(floats, path)


def _paragraphs(element: Element, floats: list[Element]) -> Iterator[str]:  # noqa: C901  # one row a kind of block
    """Paragraphs of a block; the tables, figures and boxes in it are added to `floats`."""
    match element.tag:
        case tag if not isinstance(tag, str) or tag in _UNSAID:
            return
        case tag if tag in _FLOATS:
            floats.append(element)
        case tag if tag in _GROUPS or tag in {"disp-quote", "statement", "speech", "verse-group"}:
            for child in element:
                yield from _paragraphs(child, floats)
        case "caption":  # of a box, whose heading its title is
            for child in element.iterfind("p"):
                yield from _paragraphs(child, floats)
        case "list":
            for item in element.iterfind("list-item"):
                yield from _item(item, floats)
        case "def-list":
            for item in element.iterfind("def-item"):
                yield f"{first_text(item, 'term') or ''}: {first_text(item, 'def') or ''}".strip(": ")
        case _:
            yield from _running(element, floats)


def _item(item: Element, floats: list[Element]) -> Iterator[str]:
    label = first_text(item, "label")
    paragraphs = [words for child in item for words in _paragraphs(child, floats)]
    if paragraphs and label and re.search(r"\w", label):
        paragraphs[0] = f"{label} {paragraphs[0]}"
    yield from paragraphs


def _running(element: Element, floats: list[Element]) -> Iterator[str]:
    for piece in pieces(element, _SPLIT):
        if not isinstance(piece, str):
            yield from _paragraphs(piece, floats)
        elif re.search(r"\w", piece):
            yield piece


def _floated(floats: list[Element], path: _Path) -> Iterator[tuple[str, str]]:
    for element in floats:
        match element.tag:
            case "table-wrap":
                yield from _table(element, path)
            case "fig":
                yield from _figure(element, path)
            case _:
                yield from _walk(element, (*path, *_box_heading(element)))


def _box_heading(box: Element) -> tuple[str, ...]:
    """Its title; nothing where the sections in it have titles of their own."""
    if title := heading_of(box) or _label(box):
        return (title,)
    return () if box.find("sec/title") is not None else ("Box",)


def _figure(figure: Element, path: _Path) -> Iterator[tuple[str, str]]:
    label = _label(figure) or "Figure"
    if caption := _caption(figure):
        yield " / ".join((*path, label)), f"{label}. {caption}"


def _table(wrap: Element, path: _Path) -> Iterator[tuple[str, str]]:
    """The caption, the rows and the notes of a table, each under a heading that says what it is of."""
    label, caption = _label(wrap) or "Table", _caption(wrap)
    lines = [line for table in wrap.iter("table") for line in rows(table)]
    notes = [text(note) for note in wrap.iterfind("table-wrap-foot//p")]
    heading = " / ".join((*path, _shortened(f"{label}: {caption}" if caption else label)))
    if caption or lines:
        yield heading, f"{label}. {caption}".strip()
    yield from ((heading, words) for words in (*lines, *notes) if words)


def _label(element: Element) -> str:
    return (first_text(element, "label") or "").strip().rstrip(".:").strip()


def _caption(element: Element) -> str:
    parts = [text(part) for part in element.iterfind("caption/*") if part.tag in {"title", "p"}]
    return " ".join(part if part[-1] in ".?!:;" else f"{part}." for part in parts if part)


def _shortened(heading: str) -> str:
    heading = heading.rstrip(".")
    if len(heading) <= LONGEST_HEADING:
        return heading
    return heading[:LONGEST_HEADING].rsplit(" ", 1)[0] + "…"


def _joined(found: list[tuple[str, str]]) -> tuple[Section, ...]:
    groups = groupby(found, key=lambda pair: pair[0])
    return tuple(Section(heading, "\n\n".join(words for _, words in group)) for heading, group in groups)
