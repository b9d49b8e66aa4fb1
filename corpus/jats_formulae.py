"""Formulae in MathML and TeX, written out on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MATHS = "{http://www.w3.org/1998/Math/MathML}"
"""Opens the tag of an element of MathML."""

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SPACED = frozenset("=<>≤≥≈≠±×+−-→∼~∈∝≡")
_UNSAID = frozenset(
    {"annotation", "annotation-xml", "mphantom", "none", "mprescripts", "maligngroup", "malignmark"}
)
_ACCENTS = {
    "¯": "\u0304",
    "‾": "\u0304",
    "ˉ": "\u0304",
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "˜": "\u0303",
}
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))
_TEX_DOCUMENT = re.compile(r"\\begin\s*\{document\}(.*)\\end\s*\{document\}", re.DOTALL)
_TEX_NOISE = re.compile(
    r"\$+|\\(?:displaystyle|textstyle|left|right|limits|,|;|!|quad|qquad)(?![a-zA-Z])"
    r"|\\(?:begin|end)\{(?:aligned|equation\*?|align\*?|gathered|array)\}(?:\{[lcr]*\})?"
)
_TEX_WRAPPED = re.compile(r"\\(?:text|mathrm|mathit|mathbf|mathsf|textit|textrm|rm|mbox)\s*\{([^{}]*)\}")
_TEX_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


def formula(element: Element) -> str:
    """A MathML element on one line, as in `(a + b)/2` and `x² ≥ y_1`."""
    return " ".join(_written(element).translate(_INVISIBLE).split())


def tex(source: str) -> str:
    """TeX without its preamble and what only sets type; other commands stay as they are."""
    whole = _TEX_DOCUMENT.search(source)
    words = _TEX_NOISE.sub(" ", whole[1] if whole else source)
    words = _TEX_FRACTION.sub(r"(\1)/(\2)", _TEX_WRAPPED.sub(r"\1", words))
    return " ".join(words.split())


def _written(element: Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    kind = element.tag.removeprefix(MATHS)
    if kind in _UNSAID:
        return ""
    if kind == "mo":
        return _operator(element)
    if kind == "mspace":
        return " "
    if len(element) == 0:
        return (element.text or "").strip(" \t\r\n")
    parts = [_written(child) for child in element if isinstance(child.tag, str)]
    return _composed(kind, element, parts)


def _composed(kind: str, element: Element, parts: list[str]) -> str:  # noqa: C901  # one row a kind of element
    match kind, parts:
        case "msup", [base, over]:
            return base + _above(over)
        case "msub" | "munder", [base, under]:
            return base + _below(under)
        case "msubsup" | "munderover", [base, under, over]:
            return base + _below(under) + _above(over)
        case "mover", [base, over]:
            return base + _ACCENTS.get(over.strip(), "")
        case "mfrac", [over, under]:
            return f"{_grouped(over)}/{_grouped(under)}"
        case "mroot", [base, degree]:
            return f"{_above(degree)}√({base.strip()})"
        case "msqrt", _:
            return f"√({''.join(parts).strip()})"
        case "mfenced", _:
            return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
        case "mtable", _:
            return "; ".join(part.strip() for part in parts)
        case "mtr", _:
            return " ".join(parts)
        case "semantics", _:
            return parts[0]
        case _:
            return (element.text or "").strip() + "".join(parts)


def _operator(element: Element) -> str:
    words = (element.text or "").strip(" \t\r\n")
    binary = words in _SPACED and element.getprevious() is not None
    return f" {words} " if binary else words


def _grouped(words: str) -> str:
    words = words.strip()
    return words if re.fullmatch(r"[\w.%]*", words) else f"({words})"


def _below(words: str) -> str:
    words = words.strip()
    return f"_{_grouped(words)}" if words else ""


def _above(words: str) -> str:
    words = words.strip().replace(" ", "")
    if all(ord(letter) in _RAISED for letter in words):
        return words.translate(_RAISED)
    return f"^{_grouped(words)}"
