"""Which documents report one study."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document, evidence

from rag.kinship import copies, families, is_named, same_text, same_texts, versions
from rag.types import Design, Link, LinkKind, PublicationDate

TRIAL = Design.RANDOMISED_TRIAL
TEXT = (
    "In this made-up trial of 400 adults the made-up drug did not reduce mortality at 90 days compared with "
    "placebo, while serious bleeding was more frequent in the group that received the drug early."
)


def item(number, text="", **fields):
    return evidence(text or f"Made-up finding number {number}.", document(number, **fields))


def ids(*numbers):
    return frozenset(f"ref:made-up-{number}" for number in numbers)


def of_one_study(items):
    return families(items, same_texts(items))


def copied(items):
    return copies(same_texts(items))


def link(kind, number):
    return (Link(kind, f"ref:MADE-UP-{number}"),)


def test_reports_with_one_trial_number_are_a_family():
    reports = [
        item(n, design=TRIAL, registry=number)
        for n, number in enumerate(["NCT00000001", "nct 00000001", None])
    ]

    assert of_one_study(reports) == (ids(0, 1),)


@pytest.mark.parametrize(
    "design",
    [
        Design.SYSTEMATIC_REVIEW,
        Design.META_ANALYSIS,
        Design.GUIDELINE,
        Design.NARRATIVE_REVIEW,
        Design.OPINION,
    ],
)
def test_what_is_written_about_a_trial_is_not_the_trial(design):
    about = item(2, design=design, registry="NCT00000001")

    assert of_one_study([item(1, design=TRIAL, registry="NCT00000001"), about]) == ()


def test_a_report_may_bear_several_numbers():
    reports = [
        item(1, design=TRIAL, registry="NCT00000001; ISRCTN00000002"),
        item(2, design=TRIAL, registry="ISRCTN00000002"),
    ]

    assert of_one_study(reports) == (ids(1, 2),)


def titled(*titles):
    return of_one_study(
        [item(n, title=t, design=TRIAL, registry="NCT00000001") for n, t in enumerate(titles)]
    )


@pytest.mark.parametrize(
    "titles",
    [
        ("Effect of Inventine on Mortality in Adults", "Inventine in Adults with a Made-Up Fever"),
        ("Effect of Inventine on Mortality in Adults", "Early bleeding in adults who received inventine"),
        ("Inventine for a made-up fever", "Five-year follow-up of a randomised trial"),
    ],
)
def test_papers_on_one_treatment_are_reports_of_their_trial(titles):
    assert titled(*titles)


@pytest.mark.parametrize(
    "titles",
    [
        ("Inventine in Adults with a Made-Up Fever", "Higher dose fabulol in adults with a made-up fever"),
        ("Marine oils and prevention of a made-up disease", "Effects of Inventine on blood pressure"),
        ("Inventine in fever: a randomised platform trial", "Inventine in adults with a made-up fever"),
        ("Inventine in fever, a two by two factorial trial", "Inventine and mortality"),
    ],
)
def test_where_several_things_were_tried_under_one_number_papers_are_left_apart(titles):
    assert not titled(*titles)


@pytest.mark.parametrize(
    ("preprint", "published"),
    [
        ({"links": link(LinkKind.PREPRINT_OF, 2)}, {}),
        ({"publication_types": ("Preprint",), "links": link(LinkKind.SUPERSEDED_BY, 2)}, {}),
        ({"publication_types": ("Preprint",)}, {"links": link(LinkKind.SUPERSEDES, 1)}),
        ({"publication_types": ("Preprint",)}, {"links": link(LinkKind.PREPRINT_OF, 1)}),
        ({"links": link(LinkKind.REPUBLISHED_AS, 2)}, {}),
    ],
)
def test_a_version_leads_to_the_paper_that_it_became_whichever_of_them_says_so(preprint, published):
    pair = document(1, **preprint), document(2, **published)

    assert set(versions(pair)) == set(versions(pair[::-1])) == {("ref:made-up-1", "ref:made-up-2")}


def test_a_version_may_be_named_by_an_alias():
    preprint = document(1, links=(Link(LinkKind.PREPRINT_OF, "doi:10.0000/MADE-UP"),))

    assert set(versions([preprint, document(2, aliases=("doi:10.0000/made-up",))]))


def test_editions_of_a_guideline_are_two_documents():
    old = document(1, design=Design.GUIDELINE, links=link(LinkKind.SUPERSEDED_BY, 2))

    assert set(versions([old, document(2, design=Design.GUIDELINE)])) == set()


@pytest.mark.parametrize(("year", "found"), [(2020, True), (2024, True), (2025, False), (2019, False)])
def test_a_preprint_and_a_paper_of_the_same_title_and_author_are_versions_for_a_few_years(year, found):
    told = {"title": "A made-up drug for an invented disease of adults of adults", "authors": ("Made Up",)}
    preprint = document(1, publication_types=("Preprint",), published=PublicationDate(2020), **told)
    published = document(2, published=PublicationDate(year), **told)

    assert bool(set(versions([preprint, published]))) is found


def test_another_author_makes_another_paper_of_the_same_title():
    title = "A made-up drug for an invented disease of adults of adults"
    preprint = document(1, title=title, authors=("Made Up",), publication_types=("Preprint",))

    assert set(versions([preprint, document(2, title=title, authors=("Invented One",))])) == set()


def test_kin_of_kin_are_one_family():
    preprint = item(1, links=link(LinkKind.PREPRINT_OF, 2))
    reports = [item(n, design=TRIAL, registry="NCT00000001") for n in (2, 3)]

    assert of_one_study([preprint, *reports]) == (ids(1, 2, 3),)


def test_one_text_under_two_ids_and_one_title_is_a_family():
    told = {"title": "A made-up drug for an invented disease of adults"}

    assert of_one_study([item(1, TEXT, **told), item(2, f"{TEXT} Funding: none.", **told)]) == (ids(1, 2),)


def test_a_passage_under_two_titles_is_a_copy_and_no_family():
    pair = [item(1, TEXT, title="Screening for one thing"), item(2, TEXT, title="Counselling about another")]

    assert of_one_study(pair) == ()
    assert copied(pair) == (frozenset(one.passage.id for one in pair),)


def test_a_text_of_one_document_has_no_copy_in_it():
    one = item(1, TEXT)

    assert copied([one, replace(one, passage=replace(one.passage, id="ref:made-up-1#2"))]) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("did not reduce", "did reduce"),
        ("400", "4000"),
        ("more frequent", "less frequent"),
        ("early", "late"),
        ("reduce mortality", "raise mortality"),
        ("made-up drug did not reduce mortality", "mortality did not reduce made-up drug"),
        ("placebo", "placebo and 20 mg of another drug"),
    ],
)
def test_a_word_that_tells_makes_another_text(old, new):
    assert old in TEXT
    assert not same_text(TEXT, TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"), [("In this", "  IN THIS"), ("early.", "early. © Publishers."), ("placebo,", "placebo")]
)
def test_case_marks_and_a_few_words_more_make_no_other_text(old, new):
    assert same_text(TEXT, TEXT.replace(old, new))
    assert same_text(TEXT.replace(old, new), TEXT)


def test_short_texts_are_one_only_when_they_say_the_same_words():
    assert same_text("The drug works.", "the DRUG works")
    assert not same_text("The drug works.", "The drug works quickly.")
    assert not same_text("", "")


@pytest.mark.parametrize(
    "question",
    [
        "What did PMID 12345678 find?",
        "What did pmid:12345678 find?",
        "Is 10.0000/made.up.7 sound?",
        "What did trial NCT00000001 find?",
        "What did Up 2020 find?",
        "Tell me about “A made-up drug for an invented disease of adults”.",
    ],
)
def test_a_question_names_a_report_by_id_number_title_or_author_and_year(question):
    of = replace(
        document(
            1,
            title="A made-up drug for an invented disease of adults",
            authors=("Up M",),
            registry="NCT00000001",
            design=TRIAL,
        ),
        id="pmid:12345678",
        aliases=("doi:10.0000/made.up.7",),
    )

    assert is_named(of, question)


@pytest.mark.parametrize(
    "question",
    ["Does a made-up drug help?", "What was found in 2020?", "What happens up to day 5?", "Made up?"],
)
def test_a_question_on_the_subject_names_no_report(question):
    of = document(
        1, title="A made-up drug for an invented disease of adults", authors=("Up M",), registry="NCT00000001"
    )

    assert not is_named(of, question)


@given(
    st.lists(st.tuples(st.integers(1, 4), st.lists(st.sampled_from(TEXT.split()), min_size=10)), max_size=8)
)
def test_every_pair_of_one_text_is_found_by_length_and_no_other(drawn):
    items = [
        replace(made, passage=replace(made.passage, id=f"{made.passage.id}-{place}"))
        for place, made in enumerate(item(number, " ".join(said)) for number, said in drawn)
    ]

    found = {frozenset((one.passage.id, other.passage.id)) for one, other in same_texts(items)}
    assert found == {
        frozenset((one.passage.id, other.passage.id))
        for one, other in combinations(items, 2)
        if one.document.id != other.document.id and same_text(one.passage.text, other.passage.text)
    }
