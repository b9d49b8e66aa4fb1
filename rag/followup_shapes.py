"""Shapes of follow-ups that ask the question before anew: `Why?`, `Versus aspirin?`."""

from __future__ import annotations

import re

BARE = re.compile(
    r"^(why(?: not)?|how|when|where|how (?:long|often|much|many|soon|fast|common)|(?:at |in )?what (?:dose|dosage|age|amount)"
    r"|for how long|(?:for )?how many [a-z]+|in whom|by how much|since when|until when)\W*$",
    re.IGNORECASE,
)
VERSUS = re.compile(
    r"^(?:versus|vs\.?|compared (?:with|to)|as against|or|instead of|rather than|better than)\s+(.+?)\W*$",
    re.IGNORECASE,
)
ADDED = re.compile(
    r"^what if (?:(?:i |we |you )?add (?P<one>.+?)|(?P<other>.+?) (?:is|are) (?:added|given as well|combined))\W*$",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"^(?:is|does|do|would|will|are) (?:the same|this|that|it|these|they)(?: also)? (?:hold|apply|true|go|be true|hold true|differ|vary)"
    r"(?: also| as well)? (?:for|in|to|of) (.+?)\W*$",
    re.IGNORECASE,
)
IS_THE_SAME = re.compile(
    r"^(?:is|are) (?:it|that|this|they) (?:also )?(?:the same|true|similar|different) (?:for|in|with) (.+?)\W*$",
    re.IGNORECASE,
)
WHICH = re.compile(
    r"^which (?:one |of (?:them|these|those|the two) )?(?:is|are|works?|has|have)\b", re.IGNORECASE
)


def repeats(question: str) -> bool:
    """Whether a question asks the one before anew: `Why?`, `Versus aspirin?`, `Does the same hold for women?`."""
    return any(way.match(question) for way in (BARE, VERSUS, ADDED, HOLDS, IS_THE_SAME))
