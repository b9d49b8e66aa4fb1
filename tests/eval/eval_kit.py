"""Made-up gold questions, answers and results for tests of evaluation: no study in here exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from made_up import TODAY, document, evidence

from eval.gold import GoldQuestion
from eval.result import Result
from eval.run import Provenance
from rag.types import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Coverage,
    Document,
    Evidence,
    Mode,
    QuestionType,
    Role,
)

SENTENCES = (
    "Dromedaril halved the number of night cramps in 240 made-up adults within 4 weeks.",
    "Dromedaril caused mild dizziness in 3% of the made-up adults who took it.",
)
GOLD = GoldQuestion(
    id="q1",
    question="Does dromedaril help against night cramps?",
    must_have=(
        "Dromedaril halved night cramps in 240 adults",
        "Dromedaril caused dizziness in 3% of adults",
        "Night cramps come back after stopping dromedaril",
    ),
    must_not=("Dromedaril cures night cramps in all adults", "Dromedaril caused dizziness in 30% of adults"),
    cite_any_of=(("ref:MADE-UP-1",), ("ref:made-up-9",), ()),
    best_evidence=("ref:made-up-1", "ref:made-up-7"),
    relevant={"ref:made-up-1": 2, "ref:made-up-7": 2, "ref:made-up-9": 1},
)
UNANSWERABLE = GoldQuestion(id="q0", question="Does dromedaril cure hiccups?", answerable=False)
PROVENANCE = Provenance("a made-up system", settings={"keep": "3"}, date="2026-11-24")


def claim(item: Evidence, quote: str, text: str | None = None) -> Claim:
    """A claim with one citation: `quote` in the passage of `item`."""
    return Claim(quote if text is None else text, (citation(item, quote),))


def citation(item: Evidence, quote: str) -> Citation:
    start = item.passage.text.find(quote)
    return Citation(item.document.id, item.passage.id, quote, "Results", start, start + len(quote))


def answer(claims: Sequence[Claim] = (), items: Sequence[Evidence] = (), **fields) -> Answer:
    """An answer with these claims as its lead; without claims, an abstention."""
    known = {
        "question": GOLD.question,
        "understood_as": GOLD.question,
        "question_type": QuestionType.THERAPY,
        "role": Role.CLINICIAN,
        "mode": Mode.EXTRACTIVE,
        "lead": tuple(claims),
        "key_points": (),
        "conflicts": (),
        "certainty": None,
        "withheld": (),
        "abstention": None if claims else Abstention("nothing found", 1, 1, (), (), "a study"),
        "safety": (),
        "evidence": tuple(items),
        "coverage": Coverage(1, 2, 3),
        "as_of": TODAY,
    }
    return Answer(**{**known, **fields})


def item(number: int = 1, text: str = " ".join(SENTENCES), **fields) -> Evidence:
    """A passage of made-up study `number`."""
    of: Document = document(number, **fields)
    return evidence(text, of)


def answered(**fields) -> Result:
    """An answer of two sentences, both from study 1, among two studies found."""
    first, second = item(1), item(2, "Night cramps stopped in five of six made-up adults every evening.")
    made = answer([claim(first, one) for one in SENTENCES], [first, second])
    known = {"answer": made, "ranked": ("ref:made-up-2", "ref:made-up-1"), "seconds": 0.5}
    return Result(**{**known, **fields})


def declined() -> Result:
    return Result(answer=answer(), ranked=(), seconds=0.1)


def failed() -> Result:
    return Result(seconds=0.1, error="made-up failure")


def only_ranked(*ids: str) -> Result:
    return Result(ranked=ids, seconds=0.1)


def asked(number: int, **fields) -> GoldQuestion:
    """A copy of the gold question with an id of its own."""
    return replace(GOLD, id=f"q{number}", **fields)
