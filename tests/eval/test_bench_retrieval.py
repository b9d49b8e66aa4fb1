"""The table of rankings, with made-up systems and questions."""

import pytest
from eval_kit import answer, answered

from eval.baselines import Ranker
from eval.bench_retrieval import OURS, ahead_of_parts, cited, mrr_at_10, ranking_rows
from eval.gold import GoldQuestion
from eval.result import Result

QUESTIONS = tuple(GoldQuestion(str(n), f"question {n}", relevant={f"ref:{n}": 1}) for n in range(4))


def knows(*numbers):
    """A ranking that finds the document of these questions first, and of the others second."""
    return lambda question: [
        f"ref:{n}" for n in (["x", question[-1]], [question[-1]])[int(question[-1]) in numbers]
    ]


def test_a_row_has_the_mean_of_each_measure():
    (row,) = ranking_rows([Ranker("made up", knows(0))], QUESTIONS)

    assert row.mean("hit@1").value == pytest.approx(0.25)
    assert row.mean("MRR@10").value == pytest.approx((1 + 3 * 0.5) / 4)
    assert row.mean("recall@100").value == 1
    assert row.mean("nDCG@10").n == 4
    assert row.queries_per_second > 0


def test_ours_is_held_against_the_best_part_and_no_other_baseline():
    rankers = [
        Ranker("weak part", knows(), part=True),
        Ranker("best part", knows(0, 1), part=True),
        Ranker("other", knows(0, 1, 2, 3)),
        Ranker(OURS, knows(0, 1, 2)),
    ]

    ahead = ahead_of_parts(ranking_rows(rankers, QUESTIONS), "hit@1")

    assert ahead.value == pytest.approx(0.25)


def test_without_ours_there_is_no_difference():
    assert ahead_of_parts(ranking_rows([Ranker("part", knows(), part=True)], QUESTIONS)) is None


def test_a_document_below_the_tenth_place_counts_for_nothing_in_mrr_at_10():
    ranked = tuple(f"ref:x{n}" for n in range(10))

    assert mrr_at_10(QUESTIONS[0], Result(ranked=(*ranked[:9], "ref:0"))) == pytest.approx(0.1)
    assert mrr_at_10(QUESTIONS[0], Result(ranked=(*ranked, "ref:0"))) == 0


def test_passages_of_one_document_count_as_one():
    (row,) = ranking_rows([Ranker("made up", lambda _: ["ref:x", "ref:x", "ref:0"])], QUESTIONS[:1])

    assert row.mean("MRR@10").value == pytest.approx(0.5)


def test_an_answer_that_cites_the_document_is_right_and_an_abstention_is_not():
    gold = GoldQuestion("q", "asked", relevant={"ref:MADE-UP-1": 1, "ref:made-up-9": 0})
    answers = {"q": answered().answer, "r": answer()}

    found = cited(
        lambda question: answers[question.id], [gold, GoldQuestion("r", "asked", relevant=gold.relevant)]
    )

    assert found.right.value == 0.5
    assert found.declined.value == 0.5
