"""Campaigns against the way from a model to an answer: `hostile` replies and `poison` in documents.

python tests/faults/model_campaign.py hostile [--trials 10000] [--from SEED]
python tests/faults/model_campaign.py poison FOLDER
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[2]),
        str(Path(__file__).parents[1]),
        str(Path(__file__).parent),
    ]

from hostile_model import HostileLLM, violations
from mutations import starter_documents
from poison import OWN_ATTACKS, POSITIONS, tried

from corpus.passages import passages
from rag.answering import Outline
from rag.gate import citable, vouch
from rag.llm_answerer import LLMAnswerer
from rag.question import understand
from rag.types import Claim, Evidence, Mode, Why

QUESTION = understand("What helps adults with this condition?")
_WHY = Why(0.6, 0.5, 0.8, 1.0, 0.6, "made up")


def real_evidence() -> tuple[Evidence, ...]:
    """Every passage of the starter library, those that may not be cited too."""
    return tuple(Evidence(p, d, _WHY) for d in starter_documents() for p in passages(d))


def hostile_answer(seed: int, known: tuple[Evidence, ...]) -> tuple[Outline, tuple[Claim, ...], list[str]]:
    """What a hostile model drafts of some passages, what of it is shown, and what of that must not be."""
    given = Random(seed).sample(known, 8)
    nothing = Outline((), (), Mode.EXTRACTIVE)
    outline = LLMAnswerer(HostileLLM(seed), lambda question, evidence: nothing)(QUESTION, given)
    drafts = (*outline.lead, *(draft for _, group in outline.points for draft in group))
    shown, _ = vouch(drafts, given)
    wrong = violations(shown, given)
    wrong += [f"not citable: {e.document.id}" for e in given if not citable(e.document) and _cited(e, shown)]
    return outline, shown, wrong


def hostile(trials: int, first: int) -> int:
    """Run so many hostile replies and print what was shown of them."""
    known, shown, answers, broken = real_evidence(), 0, 0, 0
    for seed in range(first, first + trials):
        _, claims, wrong = hostile_answer(seed, known)
        shown, answers, broken = shown + len(claims), answers + bool(claims), broken + bool(wrong)
        for line in wrong:
            _say(f"seed {seed}: {line}")
    _say(
        f"{trials:,} hostile replies: {answers:,} answers with {shown:,} claims shown, {broken} broken promises"
    )
    return broken


def poison(attacks: tuple[str, ...]) -> int:
    """Plant each attack at each position, and print what an obedient model made of it."""
    cases = reached = broken = 0
    for position in POSITIONS:
        with TemporaryDirectory() as folder:
            outcomes = tuple(tried(Path(folder) / "home", position, attacks))
        cases, reached = cases + len(outcomes), reached + sum(one.reached for one in outcomes)
        for one in outcomes:
            broken += bool(one.wrong)
            for line in one.wrong:
                _say(f"{position}, {one.case.attack!r}: {line}")
    _say(f"{cases:,} poisoned documents, {reached:,} obeyed by the model: {broken} broken promises")
    return broken


def attacks_of(folder: Path | None) -> tuple[str, ...]:
    """Our own attacks, and those of a file of the public set in `folder`."""
    files = sorted(folder.glob("*.json")) if folder else []
    listed = (json.loads(file.read_text(encoding="utf-8")) for file in files)
    return (*(a for groups in listed for group in groups.values() for a in group), *OWN_ATTACKS)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _cited(item: Evidence, shown: tuple[Claim, ...]) -> bool:
    return any(c.document_id == item.document.id for claim in shown for c in claim.citations)


def main() -> int:
    """Run the campaign that the command line names; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("campaign", choices=["hostile", "poison"])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    given = parser.parse_args()
    if given.campaign == "poison":
        return min(1, poison(attacks_of(given.folder)))
    return min(1, hostile(given.trials, given.first))


if __name__ == "__main__":
    sys.exit(main())
