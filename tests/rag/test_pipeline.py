"""The one path from a question to a vouched answer, with fakes at its ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_up import TODAY, FakeRetrieve, document, retrieved

from indexes.embedding import HashingEmbedder
from rag.answering import ExtractiveAnswerer, Outline
from rag.errors import InputError
from rag.gate import Draft
from rag.pipeline import Pipeline
from rag.types import (
    Coverage,
    Design,
    Filters,
    Mode,
    PublicationDate,
    QuestionType,
    Restriction,
    Role,
    Status,
    Turn,
)
from rag.weights import RankingWeights

QUESTION = "Does vitamin D prevent fractures in older people?"
FINDING = "Vitamin D did not prevent fractures in older people, with a risk ratio of 1.00."
OTHER = "Vitamin D given once a year raised the number of fractures in older people."


def found(number, text, cosine=0.7, **fields):
    return retrieved(text, document(number, **fields), cosine, number)


FOUND = (
    found(1, FINDING, design=Design.META_ANALYSIS, published=PublicationDate(2022)),
    found(2, OTHER, design=Design.RANDOMISED_TRIAL, published=PublicationDate(2023)),
)


class ScriptedAnswerer:
    """Drafts what it is told to, whatever the evidence."""

    def __init__(self, *lead, points=()):
        self.outline = Outline(tuple(lead), tuple(points), Mode.MODEL)

    def __call__(self, question, evidence):
        return self.outline


class RememberingRetrieve(FakeRetrieve):
    """Also remembers the filters."""

    def __call__(self, queries, filters):
        self.filters = filters
        return super().__call__(queries, filters)


class FilteringRetrieve(FakeRetrieve):
    """Gives what is within the filters."""

    def __call__(self, queries, filters):
        return tuple(one for one in self.found if filters.admit(one.document))


def pipeline(items=FOUND, answer=None, retrieve=None):
    embedder = HashingEmbedder(4_096)  # so many that no two words share a place
    answer = answer or ExtractiveAnswerer(embedder)
    return Pipeline(
        retrieve or FakeRetrieve(items),
        answer,
        embedder,
        lambda ts: dict.fromkeys(ts, 5),
        Coverage(3, 20, 100),
    )


def ask(text=QUESTION, items=FOUND, answer=None, **more):
    return pipeline(items, answer).ask(text, **{"today": TODAY, **more})


def draft(item, text=None):
    return Draft(text or item.passage.text, ((item.passage.id, item.passage.text),))


def test_an_answer_quotes_its_evidence_word_for_word():
    answer = ask()

    assert answer.abstention is None
    assert answer.lead
    passages = {item.passage.id: item.passage.text for item in answer.evidence}
    for claim in answer.claims:
        (citation,) = claim.citations
        assert passages[citation.passage_id][citation.start : citation.end] == citation.quote == claim.text


def test_an_answer_says_what_it_was_made_from():
    answer = ask()

    assert (answer.question, answer.question_type, answer.as_of) == (QUESTION, QuestionType.THERAPY, TODAY)
    assert answer.coverage == Coverage(3, 20, 100)
    assert answer.models == (("embedding", "hashing/4096"),)


def test_the_same_question_twice_gives_equal_answers():
    assert ask() == ask()


@pytest.mark.parametrize("role", Role)
def test_every_role_is_given_the_same_claims(role):
    answer = ask(role=role)

    assert answer.role is role
    assert [claim.id for claim in answer.claims] == [claim.id for claim in ask().claims]


def test_where_nothing_is_found_it_says_so_and_what_was_searched():
    answer = ask(items=())

    assert answer.claims == ()
    assert "nothing in the library is relevant enough" in answer.abstention.reason
    assert (answer.abstention.documents, answer.abstention.passages) == (20, 100)
    assert {"vitamin", "fractures"} <= set(answer.abstention.terms)


def test_what_came_near_is_named_with_the_reason():
    answer = ask(items=(found(1, FINDING, status=Status.RETRACTED),))

    (near,) = answer.abstention.nearest
    assert near.document_id == "ref:made-up-1"
    assert "retracted" in near.why


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Does vitamin D prevent fractures in children?", "studied children"),
        ("What did the 2019 guideline say on vitamin D and fractures?", "is a guideline of 2019"),
    ],
)
def test_what_no_source_speaks_of_is_named_as_the_reason(text, reason):
    answer = ask(text)

    assert reason in answer.abstention.reason
    assert answer.claims == ()
    assert answer.certainty is None


def test_words_that_no_source_speaks_of_are_named():
    answer = ask("Do worms cause malaria?")

    assert answer.abstention.reason == "no source on this subject speaks of malaria"
    assert answer.claims == ()


def test_where_no_sentence_passes_the_gate_there_is_no_answer():
    answer = ask(answer=ScriptedAnswerer(draft(FOUND[0], "Vitamin D cures baldness, gout and warts.")))

    assert answer.claims == ()
    assert "no sentence passed the check" in answer.abstention.reason
    assert len(answer.withheld) == 1


def test_a_sentence_that_fails_the_gate_is_reported_beside_those_that_pass():
    wrong = FINDING.replace("1.00", "1.50")

    answer = ask(answer=ScriptedAnswerer(draft(FOUND[0], wrong), draft(FOUND[1])))

    assert [claim.text for claim in answer.lead] == [OTHER]
    assert [(w.text, "1.5" in w.reason) for w in answer.withheld] == [(wrong, True)]
    assert answer.mode is Mode.MODEL


def test_a_heading_that_loses_its_claims_goes_with_them():
    points = (("Benefits", (Draft("Made up entirely.", ()),)), ("Harms", (draft(FOUND[1]),)))

    answer = ask(answer=ScriptedAnswerer(draft(FOUND[0]), points=points))

    assert [w.text for w in answer.withheld] == ["Made up entirely."]
    assert [point.heading for point in answer.key_points] == ["Harms"]


def test_where_the_lead_fails_the_first_heading_leads():
    points = (("Harms", (draft(FOUND[1]),)),)

    answer = ask(answer=ScriptedAnswerer(Draft("Made up entirely.", ()), points=points))

    assert [claim.text for claim in answer.lead] == [OTHER]
    assert answer.key_points == ()


@pytest.mark.parametrize(
    "fields", [{"status": Status.RETRACTED}, {"design": Design.NOTICE}, {"design": Design.PROTOCOL}]
)
def test_what_is_no_evidence_is_never_cited_whatever_the_answerer_drafts(fields):
    bad = found(9, f"{FINDING} So much is certain.", **fields)

    for answer in (
        ask(items=(bad, *FOUND)),
        ask(items=(bad, *FOUND), answer=ScriptedAnswerer(draft(bad), draft(FOUND[0]))),
    ):
        assert answer.lead
        assert bad.document.id not in answer.cited_documents
        assert all(item.document.id != bad.document.id for item in answer.evidence)


def test_as_of_reaches_the_search_and_is_taken_for_today():
    retrieve, filters = RememberingRetrieve(FOUND), Filters(as_of=date(2024, 1, 1), year_from=2000)

    answer = pipeline(retrieve=retrieve).ask(QUESTION, filters=filters, today=TODAY)

    assert retrieve.filters == answer.filters == filters
    assert answer.as_of == filters.as_of
    assert answer.evidence == ask(today=date(2024, 1, 1)).evidence != ask().evidence


def test_a_follow_up_is_searched_as_it_stands_alone():
    retrieve = FakeRetrieve(FOUND)
    parts = pipeline(retrieve=retrieve)
    first = Turn(QUESTION, parts.ask(QUESTION, today=TODAY))

    answer = parts.ask("And with calcium?", [first], today=TODAY)

    assert answer.question == "And with calcium?"
    assert retrieve.queries[-1] == answer.understood_as
    assert "fractures" in answer.understood_as


def test_studies_that_disagree_are_shown_and_lower_the_certainty():
    sides = (
        found(1, "Vitamin D reduced hip fractures in older people.", design=Design.RANDOMISED_TRIAL),
        found(2, "Vitamin D did not reduce hip fractures in older people.", design=Design.RANDOMISED_TRIAL),
    )

    answer = ask(items=sides, answer=ScriptedAnswerer(*map(draft, sides)))

    assert len(answer.conflicts) == 1
    assert answer.certainty.level == "moderate"


def test_what_is_no_question_is_an_input_error():
    with pytest.raises(InputError):
        ask("  ")


def test_search_gives_the_ranking_with_what_was_left_out():
    ranking = pipeline((*FOUND, found(9, FINDING, status=Status.RETRACTED))).search(QUESTION, today=TODAY)

    assert len(ranking.evidence) == 2
    assert [excluded.document.id for excluded in ranking.excluded] == ["ref:made-up-9"]


def test_search_keeps_no_more_than_the_limit():
    assert len(pipeline().search(QUESTION, today=TODAY, limit=1).evidence) == 1


def test_the_weights_are_an_argument():
    strict = replace(pipeline(), weights=RankingWeights(gate=1.01))

    assert strict.ask(QUESTION, today=TODAY).evidence == ()


def test_an_abstention_under_filters_names_what_they_kept_out():
    filters = Filters(year_from=2030)
    parts = replace(pipeline(retrieve=FilteringRetrieve(FOUND)), restriction=lambda _: Restriction(0, 0))

    answer = parts.ask(QUESTION, filters=filters, today=TODAY)

    assert answer.abstention.reason.startswith("the filters leave none of 20 documents")
    assert {near.document_id for near in answer.abstention.nearest} == {"ref:made-up-1", "ref:made-up-2"}
    assert answer.claims == answer.evidence == ()
    assert answer.restriction == Restriction(0, 0)


def test_what_is_cited_is_told_what_would_move_it_and_a_search_is_where_it_is_asked():
    answer = ask()
    plain, explained = (pipeline().search(QUESTION, today=TODAY, explain=told) for told in (False, True))

    cited = [item for item in answer.evidence if item.document.id in answer.cited_documents]
    assert all(item.why.moves for item in cited)
    assert not any(item.why.moves for item in plain.evidence)
    assert all(item.why.moves for item in explained.evidence)
