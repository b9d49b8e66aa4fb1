"""What an outline says after the gate, on its way to become an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.answering import Outline
from rag.gate import Gate
from rag.question import Question
from rag.ranking import Ranking
from rag.safety import safety_notices
from rag.types import (
    Abstention,
    Answer,
    Certainty,
    Claim,
    Conflict,
    Coverage,
    KeyPoint,
    Mode,
    Role,
    Withheld,
)

_NOTHING = Outline((), (), Mode.EXTRACTIVE)


@dataclass(frozen=True, slots=True)
class Said:
    """What passed the gate, or why nothing is answered."""

    lead: tuple[Claim, ...] = ()
    points: tuple[KeyPoint, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    certainty: Certainty | None = None
    abstention: Abstention | None = None
    outline: Outline = _NOTHING
    """What it was made of: whose words, by which model and prompts."""

    def answer(self, question: str, asked: Question, role: Role, coverage: Coverage, now: date) -> Answer:
        """The answer as far as it can be told from what is said."""
        return Answer(
            question=question,
            understood_as=asked.text,
            question_type=asked.type,
            role=role,
            mode=self.outline.mode,
            lead=self.lead,
            key_points=self.points,
            conflicts=self.conflicts,
            certainty=self.certainty,
            withheld=self.withheld,
            abstention=self.abstention,
            safety=safety_notices(question, asked.text),
            evidence=(),
            coverage=coverage,
            as_of=now,
            prompts=self.outline.prompts,
            mode_reason=self.outline.mode_reason,
            usage=self.outline.usage,
        )

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the lead and under headings, in reading order."""
        return (*self.lead, *(claim for point in self.points for claim in point.claims))

    @property
    def cited(self) -> frozenset[str]:
        """Ids of the documents that they cite."""
        return frozenset(citation.document_id for claim in self.claims for citation in claim.citations)


def vouched(outline: Outline, ranking: Ranking, gate: Gate) -> Said:
    """What of an outline passes the gate; a heading that loses all of its claims goes with them."""
    lead, withheld = gate(outline.lead, ranking.evidence)
    points = []
    for heading, drafts in outline.points:
        claims, failed = gate(drafts, ranking.evidence)
        withheld += failed
        points += [KeyPoint(heading, claims)] if claims else []
    if not lead and points:
        lead, points = points[0].claims, points[1:]
    return Said(lead, tuple(points), withheld, outline=outline)
