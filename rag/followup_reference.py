"""Words that refer to what was said before, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.followup_phrases import PREPOSITIONS, Phrase, is_verb, phrases
from rag.followup_topic import Kind, Topic, topic_of, wanted_by
from rag.populations import groups_of

AUXILIARIES = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|might|must)\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\b(?P<own>(?:his|her)(?= (?!(?:too|also|again|in|with|as|and|or|at|to|if|more)\b)[a-z]))|\b(?P<one>she|he|her|him)\b",
    re.IGNORECASE,
)
_DUMMY = re.compile(
    r"\b(?:does|did|will|would|can) it take\b"
    r"|\b(?:is|was) it (?:safe|possible|necessary|true|better|best|useful|worth|important|right|wise|likely|known) (?:to|that)\b",
    re.IGNORECASE,
)
_REFERRING = re.compile(
    r"(?P<own>\b(?:its|their)\b)"
    r"|\b(?:this|that|these|those|the same) (?:(?P<treatment>drugs?|medicines?|medications?|treatments?|therap(?:y|ies)|vaccines?)"
    r"|(?P<illness>conditions?|diseases?|disorders?|problems?|illness(?:es)?|infections?)"
    r"|(?P<group>patients|people|children|women|men|groups?))\b"
    r"|(?P<many>\b(?:they|them|these|those)\b(?! who\b| that\b| with\b))"
    r"|(?P<one>\bit\b|\b(?:this|that)\b|\bthe (?:latter|former)\b|\bthe same\b(?=\W*$))",
    re.IGNORECASE,
)
_KIND = {"treatment": Kind.DRUG, "illness": Kind.DISEASE}
_AFTER_THIS = frozenset(
    "also safe true different possible common normal dangerous better worse a an the always still".split()
)
_CLAUSE = re.compile(
    r"[,;:]|\b(?:and|or|but|that|which|who|if|when|where|after|before|because|while|as|than)\b"
)
_COMPARES = re.compile(
    r"\b(?:common|different|difference|differ|compare|similar|related|better|together|which)\b|\bbetween (?:them|the two)\b",
    re.IGNORECASE,
)


def without_dummies(text: str) -> str:
    """The text with the words that look as if they referred to something, and don't, blanked out."""
    return _DUMMY.sub(lambda found: " " * len(found[0]), text)


def reference_in(text: str) -> re.Match[str] | None:
    """The first word that refers to something outside the text: what it means isn't named before it.

    An object is never what its own subject is (principle B of binding theory, Chomsky 1981): in `does
    sunlight cause it`, `it` isn't sunlight.
    """
    plain = without_dummies(text)
    for found in sorted((*_referring(plain), *PERSON.finditer(plain)), key=lambda one: one.start()):
        named = [one for one in phrases(text[: found.start()]) if not one.general]
        between = text[named[-1].end : found.start()].lower() if named else ""
        object_of_it = len(named) == 1 and found.lastgroup != "own" and not _CLAUSE.search(between)
        if not named or object_of_it:
            return found
    return None


def refers(text: str) -> bool:
    """Whether any word of the text could refer to something."""
    return any(True for _ in _referring(text)) or bool(PERSON.search(text))


def meant(reference: re.Match[str], said: str, before: Topic, earlier: Sequence[str]) -> str | None:
    """What a referring word stands for, with the ending or article that its place asks for; None where nothing fits."""
    kind = reference.lastgroup or "one"
    several = kind in {"many", "group"} or reference[0].lower() == "their"
    if several and _COMPARES.search(said) and (pair := both(before, earlier)):
        return f"{' and '.join(pair)}'s" if kind == "own" else " and ".join(pair)
    if kind == "group":
        return _group(reference, before)
    wanted = _KIND.get(kind, wanted_by(said))
    subject = before.subject(plural=several, wanted=wanted)
    if subject is None or (kind in _KIND and not before.names(wanted)):
        return None
    put = _fitting_people(before, subject, said)
    if kind == "own":
        return f"{put}'" if put.endswith("s") else f"{put}'s"
    of = said[: reference.start()].lower().endswith(" of ") and several and subject.people
    return f"{'the ' if of else subject.article}{put}"


def both(before: Topic, earlier: Sequence[str]) -> tuple[str, str] | None:
    """The two things that were last spoken of, for a question that compares them."""
    subject = before.subject()
    if subject is None:
        return None
    if " and " in subject.text:
        one, _, other = subject.text.partition(" and ")
        return one, other
    others = [one.text for one in before.named if one is not subject and one.drug == subject.drug]
    spoken = [found for question in reversed(earlier[:-1]) if (found := topic_of(question).subject())]
    others += [one.text for one in spoken if one.drug == subject.drug]
    second = next((one for one in others if one.lower() not in subject.text.lower()), None)
    return (subject.text, second) if second else None


def agreed(opening: str, put: str) -> str:
    """What stands before a phrase, with a last `is`, `does`, `was` or `has` in the number of that phrase."""
    singular = {"is": "are", "does": "do", "was": "were", "has": "have"}
    plural = {many: one for one, many in singular.items()}
    found = re.search(r"\b(\w+) $", opening)
    several = next(iter(phrases(put)), None)
    if not found or several is None:
        return opening
    changed = (singular if several.plural else plural).get(found[1].lower())
    if changed is None:
        return opening
    return opening[: found.start(1)] + (changed.capitalize() if found[1][0].isupper() else changed) + " "


def _referring(plain: str) -> Iterator[re.Match[str]]:
    """Words that refer; of `this` and `that` only those that stand alone and open no clause."""
    for found in _REFERRING.finditer(plain):
        if found[0].lower() not in {"this", "that"} or _stands_alone(found, plain):
            yield found


def _stands_alone(found: re.Match[str], plain: str) -> bool:
    after = (re.findall(r"^\W*([\w'’-]*)", plain[found.end() :]) or [""])[0].lower()
    before = (re.findall(r"([\w'’-]+)\W*$", plain[: found.start()]) or [""])[0].lower()
    opens_clause = found[0].lower() == "that" and not (AUXILIARIES.match(before) or before in PREPOSITIONS)
    ends = not after or after in PREPOSITIONS | _AFTER_THIS or bool(AUXILIARIES.match(after))
    return not opens_clause and (ends or is_verb(after))


def _fitting_people(before: Topic, subject: Phrase, said: str) -> str:
    """The subject with what hangs on it, without its people where the question names others."""
    text = before.whole(subject)
    others = groups_of(said) - groups_of(subject.text)
    return subject.text if others and groups_of(text) else text


def _group(reference: re.Match[str], before: Topic) -> str | None:
    """`These patients`: those that were spoken of, else those with the disease that was."""
    people = next((one for one in before.found if one.people), None)
    if people is not None:
        return f"{people.article}{before.whole(people)}"
    head = reference[0].split()[-1].lower()
    return f"{head} with {before.whole(before.disease)}" if before.disease else None
