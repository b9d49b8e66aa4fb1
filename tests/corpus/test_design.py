"""Types, headings and words become a design and a level. Titles here are made up unless they are cues."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from corpus.design import Classification, about_animals_only, classify
from rag.types import Design, EvidenceLevel

RCT = "Randomized Controlled Trial"


def design_of(
    *types: str, title: str = "A made-up title", abstract: str = "", given: str | None = None
) -> Design:
    return classify(types, title, abstract, given).design


@pytest.mark.parametrize(
    ("types", "design", "level"),
    [
        (("Practice Guideline",), Design.GUIDELINE, 1),
        (("Guideline", "Journal Article"), Design.GUIDELINE, 1),
        (("Systematic Review",), Design.SYSTEMATIC_REVIEW, 1),
        (("Meta-Analysis", "Systematic Review"), Design.META_ANALYSIS, 1),
        ((RCT, "Multicenter Study"), Design.RANDOMISED_TRIAL, 2),
        (("Randomised controlled trial",), Design.RANDOMISED_TRIAL, 2),
        (("Controlled Clinical Trial",), Design.NON_RANDOMISED_TRIAL, 3),
        (("Case Reports",), Design.CASE_REPORT, 4),
        (("Review",), Design.NARRATIVE_REVIEW, 5),
        (("Editorial",), Design.OPINION, 5),
        (("Consensus Development Conference",), Design.CONSENSUS, 5),
        (("Clinical Trial Protocol",), Design.PROTOCOL, None),
        (("Retraction of Publication",), Design.NOTICE, None),
    ],
)
def test_types_alone_settle_the_design(types: tuple[str, ...], design: Design, level: int | None) -> None:
    expected = EvidenceLevel(level) if level else None

    assert classify(types, "A made-up title", "") == Classification(design, expected, inferred=False)


@pytest.mark.parametrize(
    ("about", "design"),
    [
        ("Published Erratum", Design.NOTICE),
        ("Retraction of Publication", Design.NOTICE),
        ("Expression of Concern", Design.NOTICE),
        ("Clinical Trial Protocol", Design.PROTOCOL),
        ("Comment", Design.OPINION),
        ("Letter", Design.OPINION),
        ("Editorial", Design.OPINION),
    ],
)
def test_what_is_about_a_trial_is_no_trial(about: str, design: Design) -> None:
    assert design_of(RCT, about, title="A randomised controlled trial of aspirin") is design


@pytest.mark.parametrize(
    ("title", "design"),
    [
        ("Retraction: a randomised trial of aspirin", Design.NOTICE),
        ("Retraction-Hydroxychloroquine for COVID-19", Design.NOTICE),
        ("Retraction notice to: a trial", Design.NOTICE),
        ("Correction: a trial", Design.NOTICE),
        ("Author Correction: a trial", Design.NOTICE),
        ("Erratum for a trial", Design.NOTICE),
        ("Expression of Concern: a trial", Design.NOTICE),
        ("Aspirin against placebo: study protocol for a randomised trial", Design.PROTOCOL),
        ("Protocol for a randomised controlled trial of aspirin", Design.PROTOCOL),
        ("Rationale and design of the MADE-UP trial", Design.PROTOCOL),
        ("Reply: a trial of aspirin", Design.OPINION),
    ],
)
def test_a_title_can_say_that_it_is_about_a_trial(title: str, design: Design) -> None:
    assert classify((RCT,), title, "") == classify((), title, "")
    assert design_of("Journal Article", title=title) is design


@pytest.mark.parametrize(
    "title",
    [
        "RETRACTED: aspirin in older adults",
        "A Randomized Trial of Protocol-Based Care for Early Septic Shock",
        "Effect of an Early Resuscitation Protocol on In-hospital Mortality: A Randomized Trial",
        "Correction of hyponatraemia in a randomised trial",
        "Retraction of the retina in a randomised trial",
        "Response to treatment in a randomised trial",
    ],
)
def test_a_trial_with_a_like_title_stays_a_trial(title: str) -> None:
    assert design_of(RCT, title=title) is Design.RANDOMISED_TRIAL


@pytest.mark.parametrize(
    ("types", "given", "design"),
    [
        (("Observational Study",), "retrospective cohort", Design.COHORT),
        (("Observational Study",), "multicentre retrospective case-control", Design.CASE_CONTROL),
        (("Observational Study",), "cohort; nobody was randomised", Design.COHORT),
        (("Observational Study",), "retrospective surgical series", Design.CASE_SERIES),
        (("Journal Article",), "mouse experiment", Design.PRECLINICAL),
        (("Government Publication",), "regulatory safety communication", Design.REGULATORY),
        (
            ("Practice Guideline", "Consensus Development Conference"),
            "expert consensus decision pathway",
            Design.CONSENSUS,
        ),
        (("Practice Guideline",), "society consensus guideline", Design.GUIDELINE),
        (("Clinical Trial",), "open-label, non-randomised comparison", Design.NON_RANDOMISED_TRIAL),
        (("Clinical Trial",), "randomised, double-blind", Design.RANDOMISED_TRIAL),
        (("Case Reports", "Review"), "case report with review of 24 cases", Design.CASE_SERIES),
        (("Case Reports", "Systematic Review"), "a case and a systematic review", Design.CASE_REPORT),
        ((RCT, "Meta-Analysis"), "randomised trial with updated meta-analysis", Design.RANDOMISED_TRIAL),
    ],
)
def test_the_sources_own_words_refine_vague_types(types: tuple[str, ...], given: str, design: Design) -> None:
    found = classify(types, "A made-up title", "", given)

    assert (found.design, found.inferred) == (design, False)


@pytest.mark.parametrize(
    ("title", "design"),
    [
        ("Aspirin: a randomised controlled trial", Design.RANDOMISED_TRIAL),
        ("Aspirin: a systematic review and meta-analysis of randomised trials", Design.META_ANALYSIS),
        ("A systematic review of randomized controlled trials", Design.SYSTEMATIC_REVIEW),
        ("Aspirin: a non-randomised trial", Design.NON_RANDOMISED_TRIAL),
        ("Aspirin use: a nested case–control study", Design.CASE_CONTROL),
        ("Aspirin use: a cross-sectional study", Design.CROSS_SECTIONAL),
        ("Aspirin use: a population-based cohort", Design.COHORT),
        ("A case of resorption", Design.CASE_REPORT),
        ("Resorption: a case series", Design.CASE_SERIES),
        ("Resorption in mice", Design.PRECLINICAL),
        ("Clinical practice guideline for resorption", Design.GUIDELINE),
        ("Adherence to guidelines for resorption", Design.UNKNOWN),
        ("Resorption: a state-of-the-art review", Design.NARRATIVE_REVIEW),
        ("Mendelian randomization of aspirin", Design.UNKNOWN),
    ],
)
def test_a_title_tells_the_design_where_the_types_are_vague(title: str, design: Design) -> None:
    found = classify(("Journal Article",), title, "")

    assert (found.design, found.inferred) == (design, True)


@pytest.mark.parametrize(
    ("abstract", "design"),
    [
        ("Patients with stroke were randomly assigned to aspirin or placebo.", Design.RANDOMISED_TRIAL),
        ("Ninety women were then randomly allocated to 1 of 4 groups.", Design.RANDOMISED_TRIAL),
        ("A double-blind, crossover study in 12 volunteers.", Design.RANDOMISED_TRIAL),
        ("A random sample of patients was randomly selected.", Design.UNKNOWN),
        ("Chips of porcelain were randomized to two strips.", Design.UNKNOWN),
        ("Randomised controlled trials have shown a benefit.", Design.UNKNOWN),
        ("We did a retrospective cohort study of adults.", Design.COHORT),
        ("Study DesignRetrospective cohort study.ObjectiveIn general", Design.COHORT),
        ("Cohort studies disagree.", Design.UNKNOWN),
        ("A meta-analysis has shown a benefit.", Design.UNKNOWN),
        ("We report a rare case of resorption.", Design.CASE_REPORT),
    ],
)
def test_an_abstract_is_believed_only_about_its_own_study(abstract: str, design: Design) -> None:
    assert design_of("Journal Article", abstract=abstract) is design


def test_types_beat_words() -> None:
    found = classify((RCT,), "A cohort study in mice", "We report a case.", "case series")

    assert found == Classification(Design.RANDOMISED_TRIAL, EvidenceLevel.TWO, inferred=False)


def test_an_observational_study_without_a_word_is_a_guess() -> None:
    assert classify(("Observational Study",), "A made-up title", "").inferred


def test_headings_of_the_record_are_no_guess() -> None:
    found = classify(
        ("Journal Article",), "A made-up title", "", mesh_terms=("Humans", "Case-Control Studies")
    )

    assert found == Classification(Design.CASE_CONTROL, EvidenceLevel.FOUR, inferred=False)


def test_animals_without_humans_are_preclinical_whatever_the_study() -> None:
    assert (
        classify((RCT,), "A made-up title", "", mesh_terms=("Animals", "Dogs")).design is Design.PRECLINICAL
    )
    assert about_animals_only(("Animals",))
    assert not about_animals_only(("Animals", "Humans"))


def test_an_editorial_about_animals_stays_an_opinion() -> None:
    assert classify(("Editorial",), "A made-up title", "", mesh_terms=("Animals",)).design is Design.OPINION


def test_a_synthesis_of_cases_has_the_level_of_cases() -> None:
    found = classify(("Systematic Review",), "A made-up title", "", "systematic review of published cases")

    assert found == Classification(Design.SYSTEMATIC_REVIEW, EvidenceLevel.FOUR, inferred=False)


def test_real_records_have_the_designs_that_a_reader_gave_them(shared: Path) -> None:
    """Counts of all records of the evidence files, which were read line by line."""
    files = sorted((shared / "evidence").glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    records = [json.loads(line) for line in lines]

    found = [classify(r["publication_types"], r["title"], "", r["design"]).design for r in records]

    for name, design in (("Practice Guideline", Design.GUIDELINE), (RCT, Design.RANDOMISED_TRIAL)):
        typed = [d for d, r in zip(found, records, strict=True) if name in r["publication_types"]]
        assert set(typed) <= {design, Design.CONSENSUS}
    assert found.count(Design.PRECLINICAL) == 4
    assert found.count(Design.REGULATORY) == 3
    assert found.count(Design.UNKNOWN) == 2
    assert found.count(Design.NOTICE) == 3


def _judged_by_hand() -> list[dict[str, str]]:
    """100 real records: their PubMed ids, their types, and what a reader made of each from the types alone."""
    with (Path(__file__).parent / "types_to_level.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("row", _judged_by_hand(), ids=lambda row: row["pmid"])
def test_the_types_of_real_records_mean_what_a_reader_made_of_them(row: dict[str, str]) -> None:
    found = classify(row["publication_types"].split(" | "), "", "")

    assert (found.design.value, str(found.level or "")) == (row["design"], row["level"])


def test_a_hundred_real_records_were_judged() -> None:
    assert len({row["pmid"] for row in _judged_by_hand()}) == 100


@pytest.mark.parametrize(
    ("title", "design"),
    [
        ("Aspirin for headache: an umbrella review", Design.SYSTEMATIC_REVIEW),
        ("Aspirin for headache: a network meta-analysis", Design.META_ANALYSIS),
        ("Aspirin for headache: a systematic review", Design.SYSTEMATIC_REVIEW),
        ("Aspirin for headache: a narrative review", Design.NARRATIVE_REVIEW),
        ("Aspirin for headache: consensus statement of a made-up society", Design.CONSENSUS),
        ("Aspirin for headache: a clinical practice guideline", Design.GUIDELINE),
        ("Aspirin for headache: study protocol for a network meta-analysis", Design.PROTOCOL),
        ("The design of the MADE-UP trial", Design.PROTOCOL),
        ("Aspirin for headache: study design of the MADE-UP trial", Design.PROTOCOL),
        ("Erratum: aspirin for headache", Design.NOTICE),
        ("Aspirin for headache [letter]", Design.OPINION),
        ("Aspirin for headache: an editorial commentary", Design.OPINION),
        ("Aspirin for headache: a phase II trial", Design.NON_RANDOMISED_TRIAL),
        ("Aspirin for headache: an open-label pilot study", Design.NON_RANDOMISED_TRIAL),
        ("Effects of aspirin on cells in vitro", Design.PRECLINICAL),
        ("Design of the spine and its rationale", Design.UNKNOWN),
    ],
)
def test_kinds_of_writing_are_told_apart_by_the_title(title: str, design: Design) -> None:
    assert design_of("Journal Article", title=title) is design


@pytest.mark.parametrize(
    ("abstract", "design"),
    [
        # trials
        ("Forty patients received either aspirin or paracetamol.", Design.RANDOMISED_TRIAL),
        ("Women were allocated to aspirin or to a control group.", Design.RANDOMISED_TRIAL),
        ("A single blind study in 120 children.", Design.RANDOMISED_TRIAL),
        ("Patients took aspirin or placebo for six weeks.", Design.RANDOMISED_TRIAL),
        ("Patients were assigned to two groups according to their age.", Design.UNKNOWN),
        ("In patients with headache a placebo-controlled study is necessary.", Design.UNKNOWN),
        ("Randomized, controlled trials in patients are needed.", Design.UNKNOWN),
        ("Patients came from a randomized sample of practices.", Design.UNKNOWN),
        ("Patients will be randomised to aspirin or placebo.", Design.PROTOCOL),
        ("This open-label trial enrolled 40 patients.", Design.NON_RANDOMISED_TRIAL),
        (
            "The intervention group of 20 workers improved more than the control group.",
            Design.NON_RANDOMISED_TRIAL,
        ),
        # syntheses
        (
            "We searched MEDLINE and Embase for trials. Eligible trials compared aspirin with placebo in adults.",
            Design.SYSTEMATIC_REVIEW,
        ),
        ("MEDLINE was searched for articles in English.", Design.NARRATIVE_REVIEW),
        ("This article reviews the treatment of headache.", Design.NARRATIVE_REVIEW),
        ("Aspirin is old. Patients like it. [References: 55]", Design.NARRATIVE_REVIEW),
        ("Causes of headache in adults are discussed.", Design.NARRATIVE_REVIEW),
        # observations
        ("Charts of 90 patients were reviewed.", Design.COHORT),
        ("Claims data of 9,000 adults were analysed.", Design.COHORT),
        ("An observational study of headache.", Design.COHORT),
        ("Questionnaires were mailed to 300 nurses.", Design.CROSS_SECTIONAL),
        ("We describe three patients with headache.", Design.CASE_SERIES),
        ("A 54-year-old woman presented with headache.", Design.CASE_REPORT),
        # animals
        ("Rabbits were randomly assigned to aspirin or placebo.", Design.PRECLINICAL),
        ("Aspirin lowered it in a cell line.", Design.PRECLINICAL),
        ("Aspirin lowered it in a cell line, and in cells of two patients.", Design.UNKNOWN),
        (
            "Mice were given aspirin. Then 40 patients were randomised to it or to placebo.",
            Design.RANDOMISED_TRIAL,
        ),
    ],
)
def test_an_abstract_tells_how_the_study_was_done(abstract: str, design: Design) -> None:
    assert design_of("Journal Article", abstract=abstract) is design
