"""What stands around the claims of an article, in words for its reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.citations import Reference
from rag.filters import filters_in_words, unknown_in_words
from rag.types import Answer, Filters, Mode, Restriction, Role

_DISCLAIMER = {
    Role.CLINICIAN: "Made by software from the sources listed and not reviewed by a person. It supports a clinician's judgement and doesn't replace it; read the sources before acting on them.",
    Role.RESEARCHER: "Made by software from the sources listed and not reviewed by a person. It is no systematic review: only what this library holds was searched.",
    Role.STUDENT: "Made by software from the sources listed and not reviewed by a person. It is for learning, not for treating anyone.",
    Role.PATIENT: "Made by software from the sources listed and not reviewed by a person. It is general information and not advice for you: please talk to your doctor or nurse before you change anything.",
}
_CERTAINTY_MEANS = {
    "high": "the finding is very likely close to the truth",
    "moderate": "the finding is probably close to the truth, but could be different",
    "low": "the finding may well be different from the truth",
    "very low": "the finding is very uncertain and likely to change with better studies",
}
_WRITTEN = {
    Mode.EXTRACTIVE: "every sentence is quoted from a document of the library",
    Mode.MODEL: "written by a model, every sentence checked against the quote that it cites",
}
_DIGEST = "is a digest: the words quoted are our own summary of facts read on the pages of the source, not the source's text"


def disclaimer(role: Role) -> str:
    """What every answer says of itself, in words for its reader."""
    return _DISCLAIMER[role]


def status_lines(answer: Answer) -> tuple[str, ...]:
    """Whether it was reviewed, of what day and library it is, and what it was restricted to."""
    coverage = answer.coverage
    by = "" if answer.abstention else f"; {_WRITTEN[answer.mode]}"
    return (
        f"Submitted: not yet reviewed by a person{by}",
        f"As of {answer.as_of.isoformat()}; library generation {coverage.generation} with {coverage.documents} documents and {coverage.passages} passages",
        *restriction_lines(answer.filters, answer.restriction, coverage.documents),
    )


def restriction_lines(filters: Filters, left: Restriction | None, documents: int) -> Iterator[str]:
    """What the evidence was restricted to, how many of `documents` that left, and what isn't known of others."""
    if words := filters_in_words(filters):
        count = f" ({left.documents} of {documents} documents)" if left else ""
        yield f"Restricted to sources {'; '.join(words)}{count}"
        if left and left.unknown:
            yield f"Left out because it isn't known of them: {unknown_in_words(left)}"


def certainty_text(answer: Answer) -> str:
    """The certainty of the evidence, with its meaning for readers who don't know the scale."""
    if answer.certainty is None:
        return ""
    level = answer.certainty.level
    plain = answer.role in {Role.PATIENT, Role.STUDENT}
    meaning = f": {_CERTAINTY_MEANS[level]}" if plain and level in _CERTAINTY_MEANS else ""
    return f"{level.capitalize()} (provisional, judged by rule){meaning}"


def digest_notice(references: Sequence[Reference]) -> str:
    """Which of the references are digests, and what that means; empty where none is."""
    digests = [f"[{r.number}]" for r in references if r.document.digest]
    if not digests:
        return ""
    if len(digests) == len(references):
        return f"Every source cited here {_DIGEST}."
    return f"Of the sources cited, each of {', '.join(digests)} {_DIGEST}."
