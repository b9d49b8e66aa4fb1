"""Numbers under which trials are registered."""

from __future__ import annotations

import re

TRIAL_NUMBER = re.compile(
    r"\b(?:NCT ?\d{8}|ISRCTN ?\d{8}|ACTRN ?\d{14}|ChiCTR[\w-]{6,20}\d|EUCTR[\d-]{14}|JPRN-[\w-]+|NTR ?\d{3,5}"
    r"|UMIN\d{9}|DRKS\d{8}|CTRI/\d{4}/\d{2,3}/\d{6}|IRCT[\dN]{12,18}|PACTR\d{15,16})\b"
)
"""As the primary registries of the WHO's platform give them out; some papers set a blank after the letters."""


def trial_numbers(text: str) -> frozenset[str]:
    """The numbers in a text, without blanks."""
    return frozenset("".join(number.split()) for number in TRIAL_NUMBER.findall(text))


def only_trial(texts: str) -> str | None:
    """The one trial that a text names; None where it names none, or a second."""
    named = trial_numbers(texts)
    return next(iter(named)) if len(named) == 1 else None
