"""Words of elements of a web page on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.pdf_marks import raised_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NEVER = frozenset(
    "script style noscript template svg canvas iframe object embed audio video head nav aside dialog input select "
    "option textarea annotation annotation-xml menu map".split()
)
"""Elements whose words are no text of the page."""
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr img math mi mn mo mrow msub msup mtext".split()
)
"""Elements that stand within a line."""

_GRADE = re.compile(
    r"\b(?:grade|level|recommend|strong|conditional|weak|evidence|quality|certainty)", re.IGNORECASE
)
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]")
_WRITTEN_TAG = re.compile(
    r"</?(?:script|style|iframe|img|object|embed|svg|link|meta|html|body|div|span|br|table|tr|td|ul|ol|li|h[1-6]|form|"
    r"input|button|video|audio|a|b|i|p|u|em|strong|sub|sup|font|blockquote|math|base|template)"
    r"(?:\s+[\w:-]+\s*=[^>]*)?\s*/?>",
    re.IGNORECASE,
)


def words_of(node: LexborNode) -> str:
    """All words of an element on one line."""
    words = ""
    for part in node.traverse(include_text=True):
        if part.is_text_node and not _is_within(part, node, NEVER | {"sup"}):
            words += part.text_content or ""
        elif part.tag == "sup" and part.mem_id != node.mem_id:
            words = with_raised(words, part)
        elif part.tag == "img":
            words += grade(part)
        elif part.is_element_node and part.tag not in INLINE:
            words += " "
    return collapsed(words)


def _is_within(part: LexborNode, top: LexborNode, tags: frozenset[str]) -> bool:
    parent = part.parent
    while parent is not None and parent.mem_id != top.mem_id:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False


def with_raised(before: str, sup: LexborNode) -> str:
    """`before` with the words of a raised element; a mark that points to a reference is left out."""
    words = collapsed(sup.text())
    if not words or sup.css_first("a") is not None:  # a link above the line points to a reference
        return before
    return raised_text(before, [(char, True) for char in words])


def grade(image: LexborNode) -> str:
    """The words that stand for an image, where they grade a recommendation."""
    words = image.attributes.get("alt") or ""
    return f" {words} " if _GRADE.search(words) else ""


def collapsed(text: str) -> str:
    """Text on one line, without characters that are none and without tags that somebody wrote out."""
    text = _WRITTEN_TAG.sub(" ", _INVISIBLE.sub("", text))
    return " ".join(text.split())
