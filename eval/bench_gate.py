"""How well the gate tells wrong sentences from true ones: mutations, paraphrases and judged pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from eval.bench_mutations import MUTATIONS
from eval.bench_paraphrases import PARAPHRASES
from eval.bench_share import Share
from eval.pairs import VerificationPair
from rag.gate import MIN_QUOTE_WORDS, Draft, fault
from rag.text import sentence_spans, words
from rag.types import Document, Evidence, Passage, Why

_SEED = 20_261_124
_EXAMPLES = 3
_NO_SCORE = Why(1.0, 1.0, 1.0, 1.0, 1.0, "")


@dataclass(frozen=True, slots=True)
class GateRow:
    """What became of one class of sentences."""

    name: str
    share: Share
    """Of wrong sentences those accepted; of true ones those withheld."""
    examples: tuple[str, ...] = ()
    """Of those that went wrong, the first."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """What the gate makes of claims that people have judged, with the judged text as the quote."""

    name: str
    pairs: int
    supported_of_accepted: Share
    accepted_of_supported: Share
    accepted_of_others: Share


@dataclass(frozen=True, slots=True)
class GateBench:
    """All that was measured of the gate."""

    sentences: int
    """True sentences that the mutations and paraphrases were made of."""
    wrong: tuple[GateRow, ...]
    true: tuple[GateRow, ...]
    pairs: tuple[PairRow, ...]


def gate_bench(passages: Iterable[str], pairs: Mapping[str, Sequence[VerificationPair]]) -> GateBench:
    """Measure the gate on the sentences of `passages` and on `pairs`, by the name of their set.

    Each sentence gives at most one mutant of each class, chosen by the sentence itself, so that the same
    passages give the same figures. A mutant that reads like its sentence is none.
    """
    sentences = tuple(dict.fromkeys(_sentences(passages)))
    return GateBench(
        sentences=len(sentences),
        wrong=(*(_wrong_row(name, sentences) for name in MUTATIONS), *_joined_rows(sentences)),
        true=tuple(_true_row(name, paraphrase, sentences) for name, paraphrase in PARAPHRASES.items()),
        pairs=tuple(pair_row(name, found) for name, found in pairs.items()),
    )


def pair_row(name: str, pairs: Sequence[VerificationPair]) -> PairRow:
    """What the gate makes of the judged claims of one set."""
    tally = Counter((pair.supported is True, accepted(pair.claim, pair.evidence)) for pair in pairs)
    supported = tally[True, True] + tally[True, False]
    return PairRow(
        name,
        len(pairs),
        Share(tally[True, True], tally[True, True] + tally[False, True]),
        Share(tally[True, True], supported),
        Share(tally[False, True], len(pairs) - supported),
    )


def accepted(claim: str, quote: str, passage: str | None = None) -> bool:
    """Whether the gate shows `claim` with `quote` out of `passage`, which is the quote itself unless given."""
    return _fault(claim, (quote,), passage or quote) is None


def _sentences(passages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Sentences that can be quoted, each with its passage."""
    for passage in passages:
        for start, end in sentence_spans(passage):
            sentence = passage[start:end]
            if len(words(sentence)) >= MIN_QUOTE_WORDS and "\n" not in sentence:
                yield sentence, passage


def _wrong_row(name: str, sentences: Sequence[tuple[str, str]]) -> GateRow:
    let_through, made = [], 0
    for sentence, passage in sentences:
        mutant = MUTATIONS[name](sentence, passage, Random(f"{_SEED} {name} {sentence}"))  # noqa: S311
        if mutant is None or mutant == sentence:
            continue
        made += 1
        if accepted(mutant, sentence, passage):
            let_through.append(f"{mutant} ← {sentence}")
    return GateRow(name, Share(len(let_through), made), tuple(let_through[:_EXAMPLES]))


def _joined_rows(sentences: Sequence[tuple[str, str]]) -> tuple[GateRow, ...]:
    """The first half of a sentence with the second half of the next of its passage, quoting both or the passage."""
    both, whole = [], []
    made = 0
    for (first, passage), (second, other) in pairwise(sentences):
        if passage != other:
            continue
        made += 1
        start, end = first.split(), second.split()
        joined = " ".join((*start[: len(start) // 2], *end[len(end) // 2 :]))
        if _fault(joined, (first, second), passage) is None:
            both.append(joined)
        if _fault(joined, (passage,), passage) is None:
            whole.append(joined)
    return tuple(
        GateRow(name, Share(len(passed), made), tuple(passed[:_EXAMPLES]))
        for name, passed in (
            ("halves of two quotes joined", both),
            ("halves joined, whole passage quoted", whole),
        )
    )


def _true_row(
    name: str, paraphrase: Callable[[str], str | None], sentences: Sequence[tuple[str, str]]
) -> GateRow:
    withheld, made = [], 0
    for sentence, passage in sentences:
        said = paraphrase(sentence)
        if said is None:
            continue
        made += 1
        reason = _fault(said, (sentence,), passage)
        if reason:
            withheld.append(f"{said}: {reason}")
    return GateRow(name, Share(len(withheld), made), tuple(withheld[:_EXAMPLES]))


def _fault(claim: str, quotes: Sequence[str], passage: str) -> str | None:
    source = Passage("ref:bench#0", "ref:bench", "", passage, 0, len(passage))
    document = Document("ref:bench", "Benchmark", ())
    return fault(
        Draft(claim, tuple((source.id, quote) for quote in quotes)),
        {source.id: Evidence(source, document, _NO_SCORE)},
    )
