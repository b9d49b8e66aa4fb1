"""Made-up answers for tests: no study in here exists."""

from __future__ import annotations

from dataclasses import replace

from made_up import TODAY, document, evidence

from rag.types import (
    Abstention,
    Answer,
    Certainty,
    Citation,
    Claim,
    Conflict,
    Coverage,
    Document,
    EvidenceLevel,
    KeyPoint,
    Mode,
    NearMiss,
    Note,
    NoteKind,
    PublicationDate,
    QuestionType,
    Role,
    SafetyKind,
    SafetyNotice,
    Withheld,
)

COHORT = document(
    1,
    authors=("Doe JA", "Roe B"),
    journal="J Made Up Med",
    volume="12",
    issue="3",
    pages="101-9",
    aliases=("doi:10.5555/made.up.1", "pmid:11"),
    published=PublicationDate(2019, 3, 7),
    level=EvidenceLevel.THREE,
    sample_size=120,
    population="adults with a made-up condition",
)
MOUSE = document(
    2,
    digest=True,
    published=PublicationDate(2022),
    notes=(Note(NoteKind.INDIRECT, "mouse brain"), Note(NoteKind.CAUTION, "small and made up")),
)
TEXT = {
    COHORT.id: "The made-up clot resolved within eight days in most adults.",
    MOUSE.id: "Macrophages cleared the made-up clot in mice within nine days.",
}
EVIDENCE = tuple(evidence(TEXT[d.id], d, score) for d, score in ((COHORT, 0.7), (MOUSE, 0.4)))


def claim(of: Document = COHORT) -> Claim:
    """A claim that is the whole text of one of the documents above."""
    passage = next(e.passage for e in EVIDENCE if e.document.id == of.id)
    citation = Citation(of.id, passage.id, passage.text, passage.section, 0, len(passage.text))
    return Claim(passage.text, (citation,), context=f"{of.design.value}; made up")


def answer(**fields) -> Answer:
    """An answer with a lead, a key point and all that stands around them."""
    whole = Answer(
        question="How long does a made-up clot last?",
        understood_as="How long does a made-up clot last?",
        question_type=QuestionType.PROGNOSIS,
        role=Role.CLINICIAN,
        mode=Mode.EXTRACTIVE,
        lead=(claim(),),
        key_points=(KeyPoint("Mechanism", (claim(MOUSE),)),),
        conflicts=(),
        certainty=Certainty("very low", ("one made-up cohort study",)),
        withheld=(Withheld("It always resolves.", "its words are not covered by its quote"),),
        abstention=None,
        safety=(),
        evidence=EVIDENCE,
        coverage=Coverage(3, 2, 2),
        as_of=TODAY,
        models=(("embedding", "made-up-model"),),
    )
    return replace(whole, **fields)


def conflicting_answer() -> Answer:
    """An answer whose sources disagree, with an emergency before it."""
    conflict = Conflict("Time to resolution", (claim(), claim(MOUSE)), "one is of mice")
    return answer(conflicts=(conflict,), safety=(SafetyNotice(SafetyKind.EMERGENCY, "Call for help now."),))


def abstaining_answer() -> Answer:
    """An answer that abstains."""
    near = NearMiss(COHORT.id, COHORT.title, "another condition")
    abstention = Abstention(
        "nothing is relevant enough", 2, 2, ("clot", "zebra"), (near,), "a study of zebras"
    )
    return answer(lead=(), key_points=(), certainty=None, withheld=(), evidence=(), abstention=abstention)
