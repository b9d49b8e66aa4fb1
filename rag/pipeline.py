"""From a question to an answer whose every sentence is vouched for: the one path that every entry takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from rag.abstention import TOP, abstain, nothing_vouched
from rag.answering import Answerer
from rag.certainty import certainty_of
from rag.conflict import conflicts
from rag.conversation import numbered_documents
from rag.deadline import Deadline, in_time
from rag.facets import facet_of
from rag.followup import Condenser, condense
from rag.gate import Gate, vouch
from rag.narrowing import under_filters
from rag.progress import Listener, Stage, tell_claims, unheard
from rag.question import Question, understand
from rag.ranking import Ranking, rank
from rag.relevance import TermWeights
from rag.said import Said, vouched
from rag.suggestions import DEPTH, Candidate, suggested
from rag.types import (
    Abstention,
    Answer,
    Coverage,
    Embedder,
    Evidence,
    Filters,
    Restriction,
    Retrieved,
    Role,
    Turn,
)
from rag.weights import RankingWeights
from rag.what_if import WhatIf


class Retrieve(Protocol):
    """Searches the library; the filters are never loosened."""

    def __call__(self, queries: Sequence[str], filters: Filters) -> tuple[Retrieved, ...]:
        """Passages for any of `queries`, best first."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The parts of the way, put together once; it holds no state between questions."""

    retrieve: Retrieve
    answer: Answerer
    embedder: Embedder
    frequencies: Callable[[Sequence[str]], Mapping[str, int]]
    """In how many passages of the library each term occurs."""
    coverage: Coverage
    restriction: Callable[[Filters], Restriction | None] = lambda filters: None  # noqa: ARG005  # knows of none
    """What filters leave of the library; None where that isn't known."""
    condense: Condenser = condense
    """Makes a follow-up stand alone."""
    gate: Gate = vouch
    """Decides which drafts may be shown."""
    models: tuple[tuple[str, str], ...] = ()
    """Models beside the embedder that every answer records, by what they do."""
    seconds: float = 30.0
    """For all that is asked of models while one question is answered."""
    suggestions: int = 0
    """How many questions that may come next an answer offers."""
    weights: RankingWeights = field(default_factory=RankingWeights)
    keep: int = 32
    keep_overview: int = 90

    def ask(
        self,
        question: str,
        earlier: Sequence[Turn] = (),
        *,
        role: Role = Role.CLINICIAN,
        filters: Filters | None = None,
        today: date,
        listener: Listener = unheard,
    ) -> Answer:
        """Answer `question`, read in the light of `earlier` turns, as of `today`; `listener` hears how far it is.

        Raises:
            InputError: the question is empty, too long or has no word in it.
            ModelUnavailable: a model was demanded and can't be used.
        """
        filters = filters or Filters()
        now, deadline = filters.as_of or today, Deadline.after(self.seconds)
        asked = understand(in_time(self.condense, deadline)(question, earlier))
        keep = self.keep_overview if _is_broad(asked) else self.keep
        found, ranking = self._searched(asked, filters, now, keep, listener)
        said, left = self._say(asked, ranking, deadline, listener), self.restriction(filters)
        answer = replace(
            said.answer(question, asked, role, self.coverage, now),
            abstention=said.abstention and self._narrowed(said.abstention, asked, filters, now, left),
            evidence=self._what_if(asked, now).explained(ranking.evidence, found, said.cited),
            models=(("embedding", self.embedder.name), *self.models, *said.outline.models),
            filters=filters,
            restriction=left,
            numbered=numbered_documents(earlier),
        )
        tell_claims(answer, listener)
        return replace(answer, suggestions=self._suggested(answer, earlier))

    def search(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        today: date,
        limit: int = 10,
        explain: bool = False,
    ) -> Ranking:
        """Ranked evidence for `query`, and what was left out with the reason; `explain` adds what would move each."""
        filters = filters or Filters()
        asked, now = understand(query), filters.as_of or today
        found, ranking = self._searched(asked, filters, now, limit)
        if not explain:
            return ranking
        return replace(ranking, evidence=self._what_if(asked, now).explained(ranking.evidence, found))

    def weigh(self, terms: Sequence[str]) -> TermWeights:
        """Weights of terms by how rare they are in the library."""
        return TermWeights.of(terms, self.frequencies(terms), self.coverage.passages)

    def _what_if(self, asked: Question, today: date) -> WhatIf:
        return WhatIf(asked, self._weighed(asked), today, self.weights)

    def _weighed(self, asked: Question) -> TermWeights:
        return self.weigh(asked.terms).about(asked.subject, asked.treatments.values())

    def _searched(
        self, asked: Question, filters: Filters, today: date, keep: int, listener: Listener = unheard
    ) -> tuple[Sequence[Retrieved], Ranking]:
        """What was found, and the best of it in rank order."""
        listener(Stage.SEARCHING)
        found = self.retrieve(asked.searches, filters)
        listener(Stage.RANKING)
        return found, self._ranked(asked, found, today, keep)

    def _ranked(self, asked: Question, found: Sequence[Retrieved], today: date, keep: int) -> Ranking:
        weighed = self._weighed(asked)
        sides = _side if _is_broad(asked) else None
        return rank(asked, found, weighed, today=today, keep=keep, shares=sides, weights=self.weights)

    def _suggested(self, answer: Answer, earlier: Sequence[Turn]) -> tuple[str, ...]:
        """Questions that may come next; each was searched for, and the rule of abstention lets it pass."""

        def answers(candidate: Candidate) -> bool:
            asked = understand(candidate.question)
            found = self.retrieve(asked.searches[:1], answer.filters)[:DEPTH]
            ranking = self._ranked(asked, found, answer.as_of, TOP)
            # The rule embeds words, which takes far longer than the search, so it comes last.
            return candidate.spoken_of(ranking.evidence) and not abstain(
                asked, ranking, self.weigh(asked.subject), self.embedder, self.coverage
            )

        before = [turn.answer.understood_as for turn in earlier]
        return suggested(answer, before, answers, self.suggestions) if self.suggestions else ()

    def _narrowed(
        self, said: Abstention, asked: Question, filters: Filters, now: date, left: Restriction | None
    ) -> Abstention:
        if filters == Filters():
            return said
        _, outside = self._searched(asked, Filters(as_of=filters.as_of), now, self.keep)
        return under_filters(said, filters, left, outside)

    def _say(self, asked: Question, ranking: Ranking, deadline: Deadline, listener: Listener) -> Said:
        abstention = abstain(asked, ranking, self.weigh(asked.subject), self.embedder, self.coverage)
        if abstention:
            return Said(abstention=abstention)
        listener(Stage.WRITING)
        outline = in_time(self.answer, deadline)(asked, ranking.evidence)
        listener(Stage.CHECKING)
        said = vouched(outline, ranking, self.gate)
        if not said.lead:
            return replace(said, abstention=nothing_vouched(asked, ranking, self.coverage))
        documents = {item.document.id: item.document for item in ranking.evidence}
        disagreements = conflicts(asked, ranking.evidence)
        # The sides of a topic differ; of an overview it is the certainty of the side that it asks for first.
        lead = said.lead[:1] if _is_broad(asked) else said.lead
        leading = [documents[key] for key in dict.fromkeys(c.citations[0].document_id for c in lead)]
        certainty = certainty_of(
            leading, conflicting=bool(disagreements), said=[claim.text for claim in lead]
        )
        return replace(said, conflicts=disagreements, certainty=certainty)


def _side(item: Evidence) -> str:
    facet = facet_of(item.passage.section, item.passage.text)
    return facet.heading if facet.overview else "other"


def _is_broad(asked: Question) -> bool:
    return asked.broad
