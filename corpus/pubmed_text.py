"""Text of elements of PubMed XML, without losing what its markup means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_MATHS = "{http://www.w3.org/1998/Math/MathML}"


def text(element: Element) -> str:
    """Its words on one line; raised figures stay raised, so that 10⁹ never becomes 109.

    Raises:
        ValueError: it refers to an entity, which could stand for anything and is not expanded.
    """
    return " ".join(_flat(element).split())


def first_text(element: Element, *paths: str) -> str | None:
    """Text of the first of `paths` that leads to an element with any; None where none does."""
    return next((words for found in descendants(element, *paths) if (words := text(found))), None)


def descendants(element: Element, *paths: str) -> Iterator[Element]:
    """Elements at each of `paths` in turn."""
    for path in paths:
        yield from element.iterfind(path)


def attribute(element: Element, name: str) -> str:
    """An attribute without the white space around it; empty where there is none."""
    return (element.get(name) or "").strip()


def _flat(element: Element) -> str:
    parts = [element.text or ""]
    for place, child in enumerate(element):
        parts += [_marked(child, place, element), child.tail or ""]
    return "".join(parts)


def _marked(child: Element, place: int, parent: Element) -> str:
    if not isinstance(child.tag, str):
        return _left_out(child)
    words = _flat(child)
    if child.tag == "sup" or (place == 1 and parent.tag == f"{_MATHS}msup"):
        return _raised(words)
    if place == 1 and parent.tag == f"{_MATHS}mfrac":
        return f"/{words}"
    return words


def _raised(words: str) -> str:
    if all(ord(letter) in _RAISED for letter in words):
        return words.translate(_RAISED)
    return f"^{words}" if any(letter.isdecimal() for letter in words) else words


def _left_out(child: Element) -> str:
    # A comment or an instruction says nothing; an entity, such as &micro;, would change a dose.
    if (child.text or "").startswith("&"):
        raise ValueError(
            f"it uses the entity {child.text}, which is not expanded; write the character itself"
        )
    return ""
