"""Each study once among the evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document, evidence

from rag.reports import one_report_each
from rag.selection import order
from rag.types import Design, Link, LinkKind, PublicationDate, Status

ASKED = "Does the made-up drug help?"
TEXT = (
    "In this made-up trial of 400 adults the made-up drug did not reduce mortality at 90 days compared with "
    "placebo, while serious bleeding was more frequent in the group that received the drug early."
)
NUMBERS = st.sampled_from([None, "NCT00000001", "NCT00000002"])


def report(number, score=0.6, text="", registry="NCT00000001", **fields):
    known = {"design": Design.RANDOMISED_TRIAL, "registry": registry, "authors": (f"Up {number}",), **fields}
    return evidence(text or f"Made-up finding number {number}.", document(number, **known), score)


def kept(*items, asked=ASKED):
    return one_report_each(sorted(items, key=order), asked).evidence


def numbers(items):
    return [int(item.document.id.rpartition("-")[2]) for item in items]


def test_of_the_reports_of_a_trial_the_best_for_the_question_stands():
    assert numbers(kept(report(1, 0.5), report(2, 0.7), report(3, 0.6))) == [2]


def test_of_equal_reports_the_newest_stands():
    assert numbers(kept(report(1), report(2, published=PublicationDate(2024)))) == [2]


def test_the_published_version_stands_for_a_preprint_that_fits_better():
    preprint = report(1, 0.8, registry=None, links=(Link(LinkKind.PREPRINT_OF, "ref:made-up-2"),))

    assert numbers(kept(preprint, report(2, 0.5, registry=None))) == [2]


@pytest.mark.parametrize("status", [Status.CONCERN, Status.SUPERSEDED])
def test_a_report_that_nobody_doubts_stands_for_one_that_is_doubted(status):
    assert numbers(kept(report(1, 0.8, status=status), report(2, 0.5))) == [2]


def test_a_preprint_does_not_stand_for_its_paper_when_that_is_doubted():
    preprint = report(1, 0.8, registry=None, links=(Link(LinkKind.PREPRINT_OF, "ref:made-up-2"),))

    assert numbers(kept(preprint, report(2, 0.5, registry=None, status=Status.CONCERN))) == [2]


def test_the_reports_that_are_left_out_are_named():
    studies = one_report_each([report(1, 0.7), report(2, 0.6)], ASKED)

    assert studies.evidence[0].why.text == "made up; also reported in Up 2, 2020 (ref:made-up-2)"
    assert {key: best.id for key, best in studies.stood_for.items()} == {"ref:made-up-2": "ref:made-up-1"}


def test_a_report_that_the_question_names_stands_beside_the_best():
    items = [report(1, 0.7, published=PublicationDate(2024)), report(2, 0.6), report(3, 0.5)]

    assert numbers(kept(*items, asked="What did 2 and colleagues find?")) == [1]
    assert numbers(kept(*items, asked="What did ref made-up-3 find?")) == [1, 3]


def test_a_copied_passage_is_kept_once_and_its_other_source_named():
    one, other = report(1, 0.7, TEXT, None, title="One"), report(2, 0.6, TEXT, None, title="Another thing")

    (item,) = kept(one, other)
    assert numbers([item]) == [1]
    assert "also reported in Up 2, 2020" in item.why.text


def test_a_document_that_says_more_than_a_copied_passage_stays():
    one, other = report(1, 0.7, TEXT, None, title="One"), report(2, 0.6, TEXT, None, title="Another thing")
    more = evidence("It says something else as well.", other.document, 0.5, section="Discussion")
    more = type(more)(
        type(more.passage)("ref:made-up-2#2", "ref:made-up-2", "", more.passage.text, 0, 9),
        more.document,
        more.why,
    )

    studies = one_report_each([one, other, more], ASKED)

    assert numbers(studies.evidence) == [1, 2]
    assert studies.stood_for == {}


DRAWN = st.lists(
    st.builds(
        report,
        st.integers(1, 30),
        st.sampled_from([0.4, 0.5, 0.6]),
        st.sampled_from(["", TEXT]),
        NUMBERS,
        status=st.sampled_from([Status.CURRENT, Status.CONCERN]),
        links=st.lists(
            st.builds(Link, st.just(LinkKind.PREPRINT_OF), st.integers(1, 30).map("ref:made-up-{}".format)), max_size=1
        ).map(tuple),
    ),
    max_size=15,
    unique_by=lambda item: item.document.id,
)  # fmt: skip


@given(DRAWN, st.data())
def test_never_two_of_a_family_are_evidence_and_one_of_each_family_stays(items, data):
    found = kept(*data.draw(st.permutations(items)))
    present = {item.document.id for item in items}
    links = {frozenset((e.document.id, t)) for e in items for t in e.document.linked(LinkKind.PREPRINT_OF)}
    texts = [item.passage.text for item in found]
    trials = [item.document.registry for item in found if item.document.registry]

    assert len(texts) == len(set(texts))
    assert len(trials) == len(set(trials))
    assert not any(pair <= {e.document.id for e in found} for pair in links if len(pair) == 2)
    studies = one_report_each(sorted(items, key=order), ASKED)
    assert {e.document.id for e in studies.evidence} | studies.stood_for.keys() == present
    assert all(best.id in {e.document.id for e in studies.evidence} for best in studies.stood_for.values())


@given(DRAWN)
def test_the_best_of_a_trial_without_doubt_or_preprint_stays(items):
    sound = [e for e in items if e.document.status is Status.CURRENT and not e.document.links]
    alone = [e for e in sound if e.passage.text != TEXT]

    for number in ("NCT00000001", "NCT00000002"):
        of = sorted((e for e in alone if e.document.registry == number), key=order)
        assert numbers(of[:1]) == numbers(kept(*of))


@given(DRAWN)
def test_collapsing_twice_changes_nothing_but_the_words(items):
    once = kept(*items)

    assert numbers(one_report_each(once, ASKED).evidence) == numbers(once)
