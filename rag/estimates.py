"""How large an effect was: ratios and differences with their intervals, arms and P values, as sentences give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

SMALL_P = 0.05
_RATIO = re.compile(
    r"\b(?:a?HRs?|a?ORs?|a?RRs?|IRR|SHR|(?:hazard|odds|risk|rate)[- ]ratios?|relative risk|odds of \w+)\b[^;.]{0,40}?(?P<point>\d+[.·]\d+)"
    r"[\s,;:(\[]{1,3}(?:9\d(?:\.\d)?\s?%\s?)?(?:confidence|credible)?\s?(?:intervals?)?[\s,:=\[\]()CIr]{0,10}"
    r"(?P<low>\d+[.·]\d+)\s?(?:-|–|to|,)\s?(?P<high>\d+[.·]\d+)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"difference\b[^;]{0,60}?(?:CI|CrI|interval)\]?[\s,:=]{1,3}\(?(?P<low>[-−–]?\d+(?:[.·]\d+)?)\s?(?:to|,)\s?(?P<high>[-−–]?\d+(?:[.·]\d+)?)",
    re.IGNORECASE,
)
_NUMBERS_NEEDED = re.compile(
    r"(?:needed to treat|NNT)\D{0,20}(?P<treat>\d+)\b[^.;]{0,40}?(?:needed to harm|NNH)\D{0,20}(?P<harm>\d+)",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"\b(?:a?HR|a?OR|a?RR|(?:hazard|odds|risk|rate)[- ]ratio|relative risk)\s?(?:of|was|=|,)?\s?(?P<point>\d+[.·]\d+)",
    re.IGNORECASE,
)
_P = re.compile(r"\bP\s?(?P<than>[=<>≤])\s?(?P<value>0?[.·]\d+)", re.IGNORECASE)
_ARM = re.compile(r"(?P<value>\d+(?:[.·]\d+)?)(?P<unit>\s?%|\s(?:days?|hours?|weeks?|months?)\b)")
_COMPARED = re.compile(
    r"\bv\b|\bvs\b|\bversus\b|\bagainst\b|\bcompared\b|\band\b|\bwith \w+, \d+ \($", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of effect with its interval."""

    point: float
    low: float
    high: float

    def holds(self, other: Ratio) -> bool:
        """Whether the other ratio lies within the interval and on the same side of no effect."""
        return self.low <= other.point <= self.high and (self.point - 1) * (other.point - 1) > 0


def ratio_of(text: str) -> Ratio | None:
    """The first ratio of effect of a text; where it gives no interval, one without width."""
    match = _RATIO.search(text)
    if match:
        return Ratio(_value(match["point"]), _value(match["low"]), _value(match["high"]))
    point = _POINT.search(text)
    return _exactly(_value(point["point"])) if point else None


def ratio_of_arms(text: str) -> Ratio | None:
    """The ratio of the first two shares that a text compares."""
    shares = [(one, other) for one, other in arms(text, "%") if other]
    return _exactly(shares[0][0] / shares[0][1]) if shares else None


def interval(text: str) -> tuple[float, float, float] | None:
    """The first interval of a ratio, else of a difference: its ends, and the value that means no effect."""
    for cues, nothing in ((_RATIO, 1.0), (_DIFFERENCE, 0.0)):
        match = cues.search(text)
        if match:
            return _value(match["low"]), _value(match["high"]), nothing
    return None


def numbers_needed(text: str) -> tuple[float, float] | None:
    """How many have to be treated for one to gain, and for one to be harmed."""
    match = _NUMBERS_NEEDED.search(text)
    return (_value(match["treat"]), _value(match["harm"])) if match else None


def unlikely_by_chance(text: str) -> bool | None:
    """Whether the first P value is small; None where there is none."""
    p = _P.search(text)
    return None if p is None else p["than"] != ">" and _value(p["value"]) < SMALL_P


def arms(text: str, unit: str = "") -> list[tuple[float, float]]:
    """Pairs of quantities in one unit that are compared, in order; `unit` is looked for where it is given."""
    found = list(_ARM.finditer(text))
    return [
        (_value(one["value"]), _value(other["value"]))
        for place, one in enumerate(found)
        for other in found[place + 1 : place + 3]
        if one["unit"].strip().rstrip("s") == other["unit"].strip().rstrip("s")
        and unit in one["unit"]
        and _COMPARED.search(text[one.end() : other.start()])
    ]


def _exactly(point: float) -> Ratio:
    return Ratio(point, point, point)


def _value(number: str) -> float:
    return float(number.replace("·", ".").replace("−", "-").replace("–", "-"))
