"""A follow-up is made to stand alone; a question of its own is left as it is."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import TODAY, FakeRetrieve

from indexes.embedding import HashingEmbedder
from rag.answering import ExtractiveAnswerer
from rag.errors import InputError
from rag.followup import HISTORY, condense, leans
from rag.pipeline import Pipeline
from rag.question import understand
from rag.text import terms
from rag.types import Abstention, Coverage, SafetyKind, SafetyNotice, Turn

FIRST = "Does calcium prevent fractures?"


@pytest.fixture(scope="module")
def turn():
    embedder = HashingEmbedder()
    empty = Pipeline(
        FakeRetrieve([]), ExtractiveAnswerer(embedder), embedder, lambda terms: {}, Coverage(1, 0, 0)
    )
    return Turn(FIRST, empty.ask(FIRST, today=TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "And in children?",
        "What about magnesium?",
        "But is it safe?",
        "Why?",
        "At what dose?",
        "How long does it take?",
        "Is it safe at home?",
        "Are steroids useful?",
        "Does surgery help?",
        "What are the side effects?",
        "What are the symptoms?",
        "Are there alternatives?",
        "Would Paxlovid help her too?",
        "Can it be given together with steroids and tocilizumab?",
        "How many of them were operated on, and how did they fare?",
        "What if fludrocortisone is added?",
        "Does that change in pregnancy?",
        "Is MRI needed?",
        "What does the guideline say?",
        "Which of these is better?",
        "How is it diagnosed?",
        "Does aspirin help?",
        "What is the prognosis?",
        "Should they be operated on?",
        "Can this increase the risk of developing other health conditions?",
        "Actually, I forgot to say: I had a stent put in five years ago. Does that change things?",
        "How common is it?",
        "And after the first litres, should I keep giving fluid or start vasopressors early?",
        "What is the evidence for this?",
        "Does the same hold for women?",
    ],
)
def test_what_leans_on_what_was_said_before(text):
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Does aspirin prevent heart attack in diabetes?",
        "Do statins lower mortality after ischaemic stroke?",
        "What is anaemia?",
        "Tell me about lung cancer.",
        "What causes throat cancer?",
        "How is septic shock treated?",
        "How long does it take for a spinal haematoma to resolve?",
        "Is it safe to take ibuprofen with warfarin?",
        "Is there evidence that vitamin D prevents falls?",
        "Is hydroxychloroquine useful in COVID-19?",
        "How common is spinal epidural haematoma after an obstetric epidural?",
        "What is the incidence of sepsis?",
        "Does aspirin prevent stroke in people who have had it before?",
        "Why does aspirin cause bleeding in older people?",
        "Which antibiotics treat pneumonia in adults?",
        "What does the USPSTF recommend on aspirin?",
        "What is ketosis?",
        "Do macrophages clear haematomas, and do they need complement for it?",
        "What did RECOVERY find on dexamethasone?",
        "Is melatonin bad for you?",
        "Can a spinal haematoma resolve without surgery?",
        "What are the symptoms of cauda equina syndrome?",
        "Does remdesivir shorten recovery from COVID-19?",
        "How is atrial fibrillation managed?",
        "Should patients with diabetes take aspirin?",
        "What predicts recovery after decompression of a spinal haematoma?",
        "Do corticosteroids reduce mortality in septic shock?",
        "What is the natural history of a lumbar disc herniation?",
        "When can warfarin be restarted after a spinal haematoma?",
        "Is ivermectin effective against COVID-19?",
    ],
)
def test_what_names_its_own_subject_stands_alone(text):
    assert not leans(text)


def asked_after(turn, before, question):
    """The stand-alone question that is made of `question` after `before`."""
    return condense(question, [Turn(before, replace(turn.answer, understood_as=before))])


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("And in children?", "Does calcium prevent fractures in children?"),
        ("What about magnesium?", "Does magnesium prevent fractures?"),
        ("What about calcium citrate?", "Does calcium citrate prevent fractures?"),
        ("What about falls?", "Does calcium prevent falls?"),
        ("But is it safe?", "Is calcium safe for fractures?"),
        ("Why?", "Why does calcium prevent fractures?"),
        ("At what dose?", "At what dose does calcium prevent fractures?"),
        ("And the dose?", "What is the dose of calcium for fractures?"),
        ("Any side effects?", "What are the side effects of calcium for fractures?"),
        ("Versus vitamin D?", "Does calcium prevent fractures compared with vitamin D?"),
        ("What if vitamin D is added?", "Does calcium with vitamin D prevent fractures?"),
        ("Does the same hold for women?", "Does calcium prevent fractures in women?"),
    ],
)
def test_a_follow_up_reads_as_the_question_that_is_meant(turn, question, alone):
    assert condense(question, [turn]) == alone


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        (
            "Do corticosteroids reduce mortality in septic shock?",
            "Should they be given early?",
            "Should corticosteroids be given early in septic shock?",
        ),
        (
            "Does hydrocortisone lower mortality in adults with septic shock?",
            "What about in children?",
            "Does hydrocortisone lower mortality in children with septic shock?",
        ),
        (
            "Do corticosteroids reduce mortality in septic shock?",
            "What about pneumonia?",
            "Do corticosteroids reduce mortality in pneumonia?",
        ),
        (
            "Do corticosteroids reduce mortality in septic shock?",
            "What about hydrocortisone?",
            "Does hydrocortisone reduce mortality in septic shock?",
        ),
        ("What is throat cancer?", "What are its symptoms?", "What are throat cancer's symptoms?"),
        ("What is the first sign of anaemia?", "Can it go away?", "Can anaemia go away?"),
        (
            "How long does a spinal epidural haematoma take to resolve?",
            "And without surgery?",
            "How long does a spinal epidural haematoma take to resolve without surgery?",
        ),
        ("Does melatonin help with jet lag?", "What causes it?", "What causes jet lag?"),
        ("Does melatonin help with jet lag?", "Should I take it?", "Should I take melatonin with jet lag?"),
        ("What are red blood cells?", "How are they created?", "How are red blood cells created?"),
        (
            "My father is 80 and in hospital with pneumonia. He gets antibiotics.",
            "Would dexamethasone help him?",
            "Would dexamethasone help a patient in hospital with pneumonia?",
        ),
        (
            "I have been taking aspirin for years. Should I stop?",
            "I forgot to say: I had a stent. Does that change things?",
            "I forgot to say: I had a stent. Does that change things for aspirin?",
        ),
        (
            "Does aspirin prevent stroke?",
            "Is it a substitute for warfarin? Thanks!",
            "Is aspirin a substitute for warfarin for stroke? Thanks!",
        ),
    ],
)
def test_what_it_refers_to_is_put_in(turn, before, question, alone):
    assert asked_after(turn, before, question) == alone


CONVERSATIONS = (
    (
        (
            "Does tranexamic acid reduce bleeding after hip surgery?",
            "Does tranexamic acid reduce bleeding after hip surgery?",
        ),
        ("Is it given orally?", "Is tranexamic acid given orally?"),
        ("What about knee replacement?", "What about knee replacement with tranexamic acid?"),
        ("Does it increase the risk of thrombosis?", "Does tranexamic acid increase the risk of thrombosis?"),
        (
            "In patients with atrial fibrillation?",
            "Does tranexamic acid increase the risk of thrombosis in patients with atrial fibrillation?",
        ),
    ),
    (
        (
            "Should pregnant women get the influenza vaccine?",
            "Should pregnant women get the influenza vaccine?",
        ),
        (
            "In the first trimester?",
            "Should pregnant women get the influenza vaccine in the first trimester?",
        ),
    ),
    (
        ("Does it work? I mean aspirin for stroke.", "Does it work? I mean aspirin for stroke."),
        ("What are the early signs?", "What are the early signs of stroke?"),
    ),
    (
        (
            "Do steroids help in community acquired pneumonia?",
            "Do steroids help in community acquired pneumonia?",
        ),
        ("What about severe cases?", "Do steroids help in community acquired pneumonia in severe cases?"),
        (
            "Does that differ in the elderly?",
            "Do steroids help in community acquired pneumonia in severe cases in the elderly?",
        ),
    ),
    (
        ("Does metformin lower HbA1c in type 2 diabetes?", "Does metformin lower HbA1c in type 2 diabetes?"),
        ("What are its side effects?", "What are metformin's side effects in type 2 diabetes?"),
        ("Is it safe in renal impairment?", "Is metformin safe in renal impairment in type 2 diabetes?"),
        ("What about during pregnancy?", "Is metformin safe during pregnancy in type 2 diabetes?"),
    ),
    (
        ("Do statins prevent heart attacks?", "Do statins prevent heart attacks?"),
        ("What about people over 75?", "Do statins prevent heart attacks in people over 75?"),
        ("Do they cause muscle pain?", "Do statins cause muscle pain?"),
        ("How common is that?", "How common is muscle pain with statins?"),
        ("What is hypertension?", "What is hypertension?"),
        ("What are its complications?", "What are hypertension's complications?"),
    ),
    (
        ("Is nirmatrelvir effective against COVID-19?", "Is nirmatrelvir effective against COVID-19?"),
        ("In vaccinated people too?", "Is nirmatrelvir effective against COVID-19 in vaccinated people?"),
        ("And molnupiravir?", "Is molnupiravir effective against COVID-19 in vaccinated people?"),
        (
            "Which is better?",
            "Which is better for COVID-19 in vaccinated people, nirmatrelvir or molnupiravir?",
        ),
    ),
    (
        (
            "Should patients with subarachnoid haemorrhage get nimodipine?",
            "Should patients with subarachnoid haemorrhage get nimodipine?",
        ),
        ("For how long?", "For how long should patients with subarachnoid haemorrhage get nimodipine?"),
        ("At what dose?", "At what dose should patients with subarachnoid haemorrhage get nimodipine?"),
        ("Does it reduce mortality?", "Does nimodipine reduce mortality?"),
    ),
    (
        ("What are the symptoms of coeliac disease?", "What are the symptoms of coeliac disease?"),
        ("Can children outgrow it?", "Can children outgrow coeliac disease?"),
        ("Is it hereditary?", "Is coeliac disease hereditary?"),
    ),
    (
        (
            "My daughter is 6 and has had a fever for three days. Should I give her ibuprofen?",
            "My daughter is 6 and has had a fever for three days. Should I give her ibuprofen?",
        ),
        (
            "Can she take paracetamol as well?",
            "Can a child with a fever for three days take paracetamol as well?",
        ),
    ),
)


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=[one[0][0] for one in CONVERSATIONS])
def test_a_conversation_is_followed_from_turn_to_turn(turn, conversation):
    earlier = []
    for question, alone in conversation:
        understood = condense(question, earlier)
        assert understood == alone
        earlier.append(Turn(question, replace(turn.answer, understood_as=understood)))


def test_an_object_is_never_its_own_subject():
    """In "Does sunlight cause it?" what is caused isn't the sunlight."""
    assert leans("Does sunlight cause it?")
    assert not leans("Does aspirin prevent stroke in people who have had it?")


def test_a_disease_is_what_is_cured_and_a_drug_is_what_is_taken(turn):
    first = Turn("a", replace(turn.answer, understood_as="What is acid reflux?"))
    second = Turn("b", replace(turn.answer, understood_as="Is omeprazole effective?"))

    assert condense("What foods cause it?", [first, second]) == "What foods cause acid reflux?"
    assert (
        condense("What are the side effects?", [first, second]) == "What are the side effects of omeprazole?"
    )


def test_two_things_are_compared(turn):
    first = Turn("a", replace(turn.answer, understood_as="What is apixaban?"))
    second = Turn("b", replace(turn.answer, understood_as="What is warfarin?"))

    assert condense("How do they differ?", [first, second]) == "How do warfarin and apixaban differ?"


def test_a_change_of_topic_is_left_as_it_is(turn):
    new = "Does aspirin prevent heart attack in diabetes?"

    assert condense(new, [turn]) == new


def test_a_first_question_is_left_as_it_is():
    assert condense("And in children?", []) == "And in children?"


@pytest.mark.parametrize("said", ["Thanks!", "Yes please!", "OK, thank you.", "Hello"])
def test_politeness_is_no_question(turn, said):
    assert condense(said, [turn]) == said


def test_the_last_turn_counts(turn):
    last = Turn("b", replace(turn.answer, understood_as="Do statins prevent stroke?"))

    assert condense("And in children?", [turn, last]) == "Do statins prevent stroke in children?"


def test_a_second_follow_up_keeps_the_subject_of_the_conversation(turn):
    second = Turn("b", replace(turn.answer, understood_as=condense("And with magnesium?", [turn])))

    assert condense("At what dose?", [turn, second]) == "At what dose does magnesium prevent fractures?"


def test_after_a_change_of_topic_the_old_one_is_forgotten(turn):
    second = Turn("b", replace(turn.answer, understood_as="Do statins prevent stroke?"))

    assert "calcium" not in condense("Is it safe?", [turn, second])


def test_a_turn_without_a_topic_is_passed_over(turn):
    thanks = Turn("Thanks!", replace(turn.answer, understood_as="Thanks!"))

    assert condense("And in children?", [turn, thanks]) == "Does calcium prevent fractures in children?"


def test_a_turn_outside_the_library_is_passed_over(turn):
    notice = SafetyNotice(SafetyKind.SCOPE, "made up")
    declined = Abstention("made up", 1, 1, (), (), "made up")
    weather = replace(
        turn.answer, understood_as="Does rain wash cars?", safety=(notice,), abstention=declined
    )

    assert (
        condense("And in children?", [turn, Turn("b", weather)])
        == "Does calcium prevent fractures in children?"
    )


def test_a_follow_up_on_an_abstention_or_an_emergency_is_understood(turn):
    declined = Abstention("made up", 1, 1, (), (), "made up")
    alarm = SafetyNotice(SafetyKind.EMERGENCY, "made up")
    for answer in (replace(turn.answer, abstention=declined), replace(turn.answer, safety=(alarm,))):
        assert (
            condense("And in children?", [Turn(FIRST, answer)])
            == "Does calcium prevent fractures in children?"
        )


def test_only_the_last_turns_of_a_long_conversation_are_read(turn):
    thanks = Turn("Thanks!", replace(turn.answer, understood_as="Thanks!"))

    assert condense("And in children?", [turn, *[thanks] * HISTORY]) == "And in children?"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(turn, text):
    with suppress(InputError):
        assert condense(text, [turn]).strip()


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "what about it they in children aspirin stroke with why is the does and dose safe ?".split()
        ),
        max_size=12,
    )
)
def test_no_word_that_names_something_is_lost(turn, parts):
    question = " ".join(parts)

    with suppress(InputError):
        assert set(terms(question)) <= set(terms(condense(question, [turn])))


def test_of_real_follow_ups_on_health_most_are_told_from_stand_alone_questions(shared):
    lines = (
        (shared / "data/conv_rewrite/unified_rewrites_given.jsonl").read_text(encoding="utf-8").splitlines()
    )
    rows = [row for row in map(json.loads, lines) if row.get("health_topic") and row["history"]]
    asked = [row for row in rows if row["question"].endswith("?")]
    alone = [set(terms(row["rewrite"])) <= set(terms(row["question"])) for row in asked]

    told = [leans(row["question"]) is not own for row, own in zip(asked, alone, strict=True)]

    assert len(asked) > 50
    assert sum(told) / len(told) >= 0.8
    assert not any(own and leans(row["question"]) for row, own in zip(asked, alone, strict=True))


def test_what_people_call_it_is_carried_on_and_searched_in_the_words_of_the_field(turn):
    alone = asked_after(turn, "Is a brain bleed deadly?", "How is it treated?")

    assert alone == "How is a brain bleed treated?"
    assert set(terms("intracranial haemorrhage")) <= set(understand(alone).terms)


def test_a_topic_in_lay_words_stands_alone():
    assert not leans("Do blood thinners cause a heart attack in old age?")
