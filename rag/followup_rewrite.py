"""Ways to write a follow-up as a question of its own: put in, replace, or add what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup_carrying import carried, lacking, link, topic_text
from rag.followup_phrases import PREPOSITIONS, Phrase, is_verb, phrases
from rag.followup_reference import (
    AUXILIARIES,
    PERSON,
    agreed,
    both,
    meant,
    reference_in,
    refers,
    without_dummies,
)
from rag.followup_shapes import ADDED, BARE, HOLDS, IS_THE_SAME, VERSUS, WHICH
from rag.followup_topic import Kind, Topic, meant_by, person_in, topic_of
from rag.populations import groups_of
from rag.text import sentence_spans

# Sentences that say nothing of a topic.
POLITE = re.compile(
    r"^(?:(?:thanks?|thank you|hello|hi|sorry|yes|no|ok(?:ay)?|great|wow|interesting|please|i see)\b[^.!?]*(?:[.!]+\s*|$))+",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:and|but|so|also|then|okay|ok|now|actually|yes|no|hmm|thanks|thank you)[, ]+)+", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(r"^(?:what about|how about|what of|any)\s+", re.IGNORECASE)
_ASKED_FOR = re.compile(
    r"^(?:(?:and )?(?:why|for how long|how (?:long|often|much|soon)|(?:at |in )?what (?:dose|dosage|age)|in whom|when))\s+",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\b(?:safe|effective|useful|better|recommended|indicated|harmful|dangerous|contraindicated) (?=(?:in|during|for|with|after) )"
)
_TOO = re.compile(r"(?:,? (?:too|also|as well|instead|then|though))+$", re.IGNORECASE)
_WAYS = frozenset("exercise surgery operation therapy".split())
_OPERATIONS = re.compile(
    r"(?:ectomy|plasty|scopy|otomy|replacement|surgery|a?esthesia|puncture|transplant\w*|section)$",
    re.IGNORECASE,
)
_STARTS = re.compile(rf"^{AUXILIARIES.pattern}", re.IGNORECASE)
_IN_WHOM = re.compile(r"^in whom ", re.IGNORECASE)
_TIMES = frozenset({"before", "after", "during"})
_MOST_WITHOUT_VERB = 12  # words


def rewritten(question: str, earlier: Sequence[str]) -> str:
    """`question`, which leans on what was said, as a question of its own.

    Args:
        question: one line, as it was asked.
        earlier: stand-alone questions before it, oldest first, at least one.
    """
    before = meant_by(question, earlier)
    if before is None:
        return question
    told, asking, after = apart(question)
    said = _OPENING.sub("", asking).strip() or asking
    ways = (_bare, _versus, _added, _same, _without_verb)
    whole = _which(said, before, earlier) or next(
        (found for way in ways if (found := way(said, before))), None
    )
    story = POLITE.sub("", told)
    own_story = bool(story) and bool(topic_of(story).named)
    asked = whole or _clause(said, before, earlier, told=own_story)
    return " ".join(part for part in (told, f"{asked[:1].upper()}{asked[1:]}", after) if part)


def apart(question: str) -> tuple[str, str, str]:
    """What is told before the question, the sentence that asks, and what is told after it.

    The sentence that asks is the last with a question mark, else the last.
    """
    spans = sentence_spans(question) or [(0, len(question))]
    asking = [span for span in spans if question[span[0] : span[1]].endswith("?")]
    start, end = (asking or spans)[-1]
    return question[:start].strip(), question[start:end], question[end:].strip()


def _bare(said: str, before: Topic) -> str | None:
    """`Why?` after `Does calcium prevent fractures?`: `Why does calcium prevent fractures?`."""
    found = BARE.match(said)
    if not found:
        return None
    clause = _ASKED_FOR.sub("", before.text)
    if _STARTS.match(clause):
        return f"{found[1]} {clause[0].lower()}{clause[1:]}"
    return f"{found[1]}, for {topic_text(before, said)}?"


def _which(said: str, before: Topic, earlier: Sequence[str]) -> str | None:
    """`Which is better?`: of the two that were last spoken of."""
    pair = both(before, earlier) if WHICH.match(said) and not topic_of(said).named else None
    if pair is None:
        return None
    condition = f" {before.condition}" if before.condition else ""
    return f"{said.rstrip(' ?.!')}{condition}, {pair[1]} or {pair[0]}?"


def _versus(said: str, before: Topic) -> str | None:
    """`Versus aspirin?`: the question before, compared with it."""
    found = VERSUS.match(said)
    if not found or AUXILIARIES.search(said):
        return None
    return _put(before.text, f"compared with {found[1]}")


def _added(said: str, before: Topic) -> str | None:
    """`What if fludrocortisone is added?`: the question before, of both together."""
    found, subject = ADDED.match(said), before.subject()
    if not found or subject is None:
        return None
    new = found["one"] or found["other"]
    return f"{before.text[: subject.end]} with {new}{before.text[subject.end :]}"


def _same(said: str, before: Topic) -> str | None:
    """`Does the same hold for women?`: the question before, of others."""
    found = HOLDS.match(said) or IS_THE_SAME.match(said)
    if not found:
        return None
    others = any(one.people or groups_of(one.text) for one in phrases(found[1]))
    return _without_verb(f"in {found[1]}" if others else found[1], before)


def _without_verb(said: str, before: Topic) -> str | None:
    """A question without a verb: a side of the topic, other people, another drug, another disease."""
    bare = _TOO.sub("", _WHAT_ABOUT.sub("", said).rstrip(" ?.!"))
    words = [word.strip(",;").lower() for word in bare.split()]
    found = phrases(bare)
    if not found or len(words) > _MOST_WITHOUT_VERB or any(map(is_verb, words)):
        return None
    if AUXILIARIES.search(bare) or refers(bare) or words[0] in {"what", "which", "who", "how", "when", "why"}:
        return None
    new, prepositional = found[0], words[0] in PREPOSITIONS
    if new.general and not new.people and not prepositional and new.text.lower() not in _WAYS:
        verb = "are" if new.plural else "is"
        return f"What {verb} {_with_article(bare)} {link(new.text, before)} {topic_text(before, bare)}?"
    if new.people or groups_of(new.text):
        return _for_others(bare, before)
    if new.drug and (old := before.subject(wanted=Kind.DRUG)) and old.drug:
        return _replaced(before, old, _without_opening(bare))
    if words[0] == "for" and (place := before.text.lower().rfind(" for ")) > 0:
        return f"{before.text[:place]} {bare}?"
    return _in_place(before, bare) if prepositional and words[0] != "about" else _other(bare, new, before)


def _for_others(bare: str, before: Topic) -> str:
    """The question before, of other people than those that it named."""
    old = next((one for one in before.found if one.people and groups_of(one.text)), None)
    if old is None:
        words = bare if bare.split(maxsplit=1)[0].lower() in PREPOSITIONS else f"in {bare}"
        return _IN_WHOM.sub("", _in_place(before, words))
    return _replaced(before, old, _without_opening(bare))


def _other(bare: str, new: Phrase, before: Topic) -> str:
    """The question before, of another thing of the same kind; where that can't be told, both are named."""
    subject, ill = before.subject(), before.subject(wanted=Kind.DISEASE)
    if not _STARTS.match(before.text) or subject is None:
        return f"What about {bare} in {topic_text(before, bare)}?"
    if subject.drug and not new.drug and not new.disease and before.found[-1].before in _TIMES:
        return _replaced(before, before.found[-1], bare)
    if subject.drug and not new.drug and _OPERATIONS.search(new.text):
        return f"What about {bare} with {topic_text(before, bare)}?"
    old = ill if ill and ill.disease and new.disease else subject
    return _replaced(before, old, bare)


def _in_place(before: Topic, words: str) -> str:
    """The question before with `in children` added, or in the place of what something was judged in."""
    words = words[:1].lower() + words[1:]
    judged = _JUDGED.search(before.text)
    old = next((one for one in before.found if judged and one.start > judged.end()), None)
    if judged is None or old is None:
        return _put(before.text, words)
    return f"{before.text[: judged.end()]}{words}{before.text[old.end :]}"


def _clause(said: str, before: Topic, earlier: Sequence[str], *, told: bool) -> str:
    """A whole clause: what it refers to is put in; where it refers to nothing, the topic is added.

    Args:
        said: the clause.
        before: the topic that it leans on.
        earlier: the stand-alone questions before it.
        told: whether sentences of its own stand before it, which it then refers to.
    """
    person = PERSON.search(without_dummies(said))
    if person and (state := person_in(earlier)):
        put = "the patient's" if person.lastgroup == "own" else state
        return f"{said[: person.start()]}{put}{said[person.end() :]}"
    if person and not before.medical:
        return said
    reference = None if told else reference_in(said)
    stands_for = meant(reference, said, before, earlier) if reference and reference.re is not PERSON else None
    if reference is None or stands_for is None:
        return _put(said, carried(said, before))
    opening = said[: reference.start()]
    opening = opening if reference.lastgroup == "own" else agreed(opening, stands_for)
    filled = f"{opening}{stands_for}{said[reference.end() :]}"
    return _put(filled, lacking(filled, said, before))


def _put(text: str, added: str) -> str:
    """A question with words added before its mark."""
    bare = text.rstrip(" ?.!")
    mark = text[len(bare) :].strip()[:1] or "?"
    return f"{bare} {added}{mark}" if added else text


def _replaced(before: Topic, old: Phrase, new: str) -> str:
    opening = before.text[: old.start]
    if re.match(r"(?:the|an?) ", new, re.IGNORECASE):
        opening = re.sub(r"\b(?:the|an?) $", "", opening, flags=re.IGNORECASE)
    return f"{agreed(opening, new)}{new}{before.text[old.end :]}"


def _without_opening(bare: str) -> str:
    first, _, rest = bare.partition(" ")
    return rest if first.lower() in PREPOSITIONS and rest else bare


def _with_article(bare: str) -> str:
    return bare if re.match(r"(?:the|a|an|any|some|other)\b", bare, re.IGNORECASE) else f"the {bare}"
