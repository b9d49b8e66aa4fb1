"""Words that stand for each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.synonyms import _table, synonyms
from rag.text import terms


def test_a_class_of_drugs_and_its_members_stand_for_each_other():
    assert tuple(terms("dexamethasone")) in synonyms(*terms("steroids"))
    assert tuple(terms("steroids")) in synonyms(*terms("dexamethasone"))


def test_a_name_of_several_words_is_several_terms():
    assert tuple(terms("blood thinner")) in synonyms(*terms("anticoagulant"))


@given(st.sampled_from(sorted(name[0] for name in _table() if len(name) == 1)))
def test_synonyms_hold_both_ways_and_leave_out_the_term(term):
    others = [name for name in synonyms(term) if len(name) == 1]

    assert (term,) not in others
    assert all((term,) in synonyms(other) for (other,) in others)


def test_a_word_outside_the_table_has_none():
    assert synonyms("zzyzx") == frozenset()
