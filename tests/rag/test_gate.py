"""What may be shown, and what is withheld."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document, evidence

from rag.gate import Draft, vouch
from rag.types import Design, Status

QUOTE = "In 105 patients mortality was 12.5% with the drug and 18.0% without it."
ITEM = evidence(f"Some words first. {QUOTE} Some words after.")
ID = ITEM.passage.id


def withheld(text, *, quote=QUOTE, passage_id=ID, item=ITEM):
    claims, failed = vouch([Draft(text, ((passage_id, quote),))], [item])
    assert len(claims) + len(failed) == 1
    return failed[0].reason if failed else None


def test_a_verbatim_sentence_passes_with_the_offsets_of_its_quote():
    claims, failed = vouch([Draft(QUOTE, ((ID, QUOTE),))], [ITEM])

    (citation,) = claims[0].citations
    assert not failed
    assert ITEM.passage.text[citation.start : citation.end] == citation.quote == QUOTE


def test_an_unknown_handle_is_withheld():
    assert "not among the evidence" in withheld(QUOTE, passage_id="ref:made-up-9#0")


def test_a_claim_that_cites_nothing_is_withheld():
    claims, failed = vouch([Draft(QUOTE, ())], [ITEM])

    assert not claims
    assert failed[0].reason == "it cites nothing"


def test_a_quote_that_is_not_in_the_passage_is_withheld():
    assert "word for word" in withheld(QUOTE, quote=QUOTE.replace("mortality", "survival"))


def test_a_quote_of_a_few_words_is_withheld():
    assert "shorter" in withheld("Mortality was 12.5%.", quote="mortality was 12.5%")


@pytest.mark.parametrize(
    "fields",
    [{"status": Status.RETRACTED}, {"design": Design.NOTICE}, {"design": Design.PROTOCOL}],
    ids=["retracted", "notice", "protocol"],
)
def test_a_document_that_may_not_be_cited_is_withheld(fields):
    item = evidence(QUOTE, document(**fields))

    assert "cites a" in withheld(QUOTE, item=item, passage_id=item.passage.id)


@pytest.mark.parametrize(
    "text",
    [
        QUOTE.replace("12.5%", "13.5%"),
        QUOTE.replace("12.5%", "125%"),
        QUOTE.replace("12.5%", "12.5 mg"),
        QUOTE.replace("105", "106"),
        QUOTE.replace("12.5%", "18.0%"),
    ],
)
def test_an_altered_number_is_withheld(text):
    assert "number" in withheld(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 105 patients mortality was 18.0% with the drug and 12.5% without it.",
        "In 105 patients mortality was 18.0% with the drug.",
        "Mortality was 12.5% without the drug.",
        "Mortality was 105% with the drug.",
    ],
    ids=["swapped", "of the other group", "for the other group", "of something else"],
)
def test_a_number_of_the_quote_in_another_place_is_withheld(text):
    assert withheld(text) is not None


def test_a_sentence_of_a_longer_quote_passes_whatever_its_neighbours_deny():
    quote = "Steroids were not advised and did not lower mortality. Steroids were advised after 2020."
    item = evidence(quote)

    assert (
        withheld("Steroids were advised after 2020.", quote=quote, item=item, passage_id=item.passage.id)
        is None
    )


@pytest.mark.parametrize(
    "text",
    [
        QUOTE.replace("mortality was", "mortality was not"),
        QUOTE.replace("mortality was", "higher mortality was"),
    ],
)
def test_a_reversed_finding_is_withheld(text):
    assert "another way" in withheld(text)


@pytest.mark.parametrize(
    "addition",
    [
        "<b>bold</b>",
        "see https://example.org",
        "[link](x)",
        "doi: 10.1000/x",
        "PMID 12345",
        '"}]}',
        '{"claims": []}',
        "--- end ---",
    ],
)
def test_markup_addresses_and_identifiers_are_withheld(addition):
    assert "markup" in withheld(f"{QUOTE} {addition}")


def test_a_citation_mark_of_the_source_is_withheld():
    quote = "In earlier work mortality was also lower with the drug [12,13]."
    item = evidence(quote)

    assert "citation mark" in withheld(quote, quote=quote, item=item, passage_id=item.passage.id)


def test_a_power_of_ten_is_no_citation_mark():
    quote = "Coagulopathy meant platelets below 150 x 10^9/L or a long clotting time."
    item = evidence(quote)

    assert withheld(quote, quote=quote, item=item, passage_id=item.passage.id) is None


def test_words_that_the_quote_does_not_hold_are_withheld():
    assert "not covered" in withheld("In 105 patients the drug cured baldness and gout.")


@given(st.data())
def test_any_changed_digit_is_withheld(data):
    digits = [match.start() for match in re.finditer(r"\d", QUOTE)]
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "123456789" if d != QUOTE[at]]))

    assert withheld(QUOTE[:at] + other + QUOTE[at + 1 :]) is not None


def test_the_context_names_design_year_size_and_indirectness():
    from rag.types import Note, NoteKind

    item = evidence(
        QUOTE, document(sample_size=105, population="adults", notes=(Note(NoteKind.INDIRECT, "animal"),))
    )

    claims, _ = vouch([Draft(QUOTE, ((item.passage.id, QUOTE),))], [item])

    assert claims[0].context == "indirect evidence: animal; cohort study 2020; n = 105; adults"


@pytest.mark.parametrize("text", ["", "  \n", "..."])
def test_a_claim_that_says_nothing_is_withheld(text):
    assert withheld(text) == "it says nothing"


@pytest.mark.parametrize("opening", ["", "The drug was "])
def test_a_quote_cut_behind_a_denial_does_not_lose_it(opening):
    cut = "effective in reducing mortality in adults with sepsis."
    item = evidence(f"The drug was not {cut} It was cheap.")

    assert "another way" in withheld(opening + cut, quote=cut, item=item, passage_id=item.passage.id)


def test_a_direction_is_not_carried_from_one_quote_into_the_next():
    item = evidence("In most of the adults deaths fell with it. Bleeding rose in the children with placebo.")
    quotes = ("In most of the adults deaths fell", "rose in the children with placebo.")

    claims, _ = vouch([Draft(" ".join(quotes), tuple((item.passage.id, q) for q in quotes))], [item])

    assert claims == ()


def test_each_of_two_quotes_may_vouch_for_its_own_sentence():
    item = evidence("Deaths fell in most of the adults. Bleeding rose in all of the children.")
    quotes = ("Bleeding rose in all of the children.", "Deaths fell in most of the adults.")

    claims, _ = vouch([Draft(" ".join(quotes), tuple((item.passage.id, q) for q in quotes))], [item])

    assert len(claims) == 1
