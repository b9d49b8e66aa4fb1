"""What is asked: its type, its time words, its key terms and the searches that it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.errors import InputError
from rag.facets import FACETS, Facet, facets_of
from rag.lay_words import in_field_words
from rag.named import names_a_study, treatments_in
from rag.populations import groups_of, older, populations
from rag.question_type import asks_for_every_side, type_of
from rag.text import term, terms, words
from rag.time_words import When, when
from rag.types import Population, QuestionType

__all__ = ["MAX_LENGTH", "Question", "populations", "tidy", "understand"]

MAX_LENGTH = 2_000  # characters; more than this is a document, not a question

_COUNTS = re.compile(
    r"\bhow (?:long|much|many|common|often|frequent|fast|soon)\b|\bincidence\b|\brate\b|\bwhat (?:interval|dose|percentage|proportion)\b|\brisk of\b",
    re.IGNORECASE,
)

# Words that ask rather than name: they carry no subject, so an answer need not contain them.
_ASKING = frozenset(
    term(word)
    for word in (
        "process role use used using useful usefulness option options best better good help helps need needs needed require "
        "required requires give given giving get gets take takes taking put say says tell know known want wants like look looks "
        "make makes happen happens work works result results evidence study studies trial data current currently "
        "latest recent still new common commonly often typical typically usual usually routine routinely long much many "
        "way ways effect effects affect acceptable proven prove shown show does patient patients people person adult adults man woman my "
        "mum mother cousin clinician doctor hospital possible recommended recommend recommendation guideline guidelines guidance "
        "speed speeds faster change changes changed please exactly really actually thing things year years old today "
        "justify start started starting run full same answer opposite came agree approach manage managed management treat treated treatment "
        "improve reduce raise lower increase decrease prevent cause mean means interval time "
        "think hear forgot ago two three five go going wrong bad decide simple large small strong weak instead regardless "
        "together cut trouble baby drip ask never always around associated due cause caused run runs running keep keeping "
        "first later early earlier full normal exam name named class level different difference same other another "
        "something anything nothing everything got miss missed forget skip since day week month morning evening tonight tomorrow yesterday "
        "available possible likely certain sure especially including example compare compared versus"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A stand-alone question as it was understood."""

    text: str
    said: str
    """The same with what people say put in the words of the field, which the terms are taken from."""
    type: QuestionType
    terms: tuple[str, ...]
    """Search terms in order, each once."""
    subject: tuple[str, ...]
    """The terms that name what is asked about, without the words that only ask."""
    searches: tuple[str, ...]
    """What to search for: the question, and for an overview its subject under each facet."""
    facets: tuple[Facet, ...]
    """The sides of the subject that it names."""
    when: When
    """The time that it speaks of."""
    wants_number: bool
    named_study: bool
    """It asks of one study, and not whether that still holds: the newest isn't the best."""
    treatments: Mapping[str, tuple[str, ...]]
    """The search terms of the drugs and classes of drugs of which it asks, by their names in lower case."""
    population: str | None
    """The group that it is about, where that group needs evidence of its own: `children` or `pregnancy`."""
    groups: frozenset[Population]
    """All groups that it speaks of."""
    older: bool
    """It is about people of 65 years or more."""

    @property
    def broad(self) -> bool:
        """Whether it asks for every side of its subject, and not only for what a thing is."""
        return self.type is QuestionType.OVERVIEW and asks_for_every_side(self.text)

    @property
    def wants_latest(self) -> bool:
        """Whether it asks for what is known now."""
        return self.when.latest

    @property
    def named_years(self) -> tuple[int, ...]:
        """Years that it names as such, and the last one of a time that it asks for."""
        return self.when.years or ((self.when.until,) if self.when.until else ())

    def words_for(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """The words in which the question says these terms."""
        spoken = words(f"{self.text} {self.said}")
        return tuple(dict.fromkeys(word for word in spoken if term(word) in wanted))

    def names(self, term: str) -> bool:
        """Whether a term names what is asked about and doesn't only ask."""
        return term in self.subject and term not in _ASKING

    def without(self, word: str) -> str:
        """The question with one of its words left out."""
        return " ".join(part for part in self.text.split() if word not in words(part))


def understand(text: str) -> Question:
    """Read a stand-alone question.

    Raises:
        InputError: it is empty, has no word in it, or is longer than `MAX_LENGTH` characters.
    """
    clean = tidy(text)
    said = in_field_words(clean)
    found = tuple(dict.fromkeys(terms(said)))
    kind, time = type_of(clean), when(clean)
    subject = tuple(t for t in found if t not in _ASKING and not t.isdigit()) or found
    return Question(
        text=clean,
        said=said,
        type=kind,
        terms=found,
        subject=subject,
        searches=_searches(clean, said, kind),
        facets=facets_of(clean),
        when=time,
        wants_number=bool(_COUNTS.search(clean)),
        named_study=names_a_study(clean) and not time.latest,
        treatments=_treatments(clean, found),
        population=next(iter(populations(clean)), None),
        groups=groups_of(clean),
        older=older(clean),
    )


def _treatments(text: str, among: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    names = (*treatments_in(text), *treatments_in(in_field_words(text)))
    return {name: tuple(terms(name)) for name in names if set(terms(name)) <= set(among)}


def tidy(text: str) -> str:
    """A question without control characters and with single spaces.

    Raises:
        InputError: see `understand`.
    """
    printable = "".join(c if c.isprintable() else " " for c in text.encode("utf-8", "replace").decode())
    clean = " ".join(printable.split())
    if not clean:
        raise InputError(
            'the question is empty; ask one in words, as in: vouch ask "Does aspirin prevent stroke?"'
        )
    if len(clean) > MAX_LENGTH:
        raise InputError(
            f"the question has {len(clean):,} characters, starting {clean[:40]!r}; the limit is {MAX_LENGTH:,}: shorten it"
        )
    if not any(c.isalpha() for word in words(clean) for c in word):
        raise InputError(f"the question {clean[:40]!r} has no word in it; ask it in words")
    return clean


def _searches(text: str, said: str, kind: QuestionType) -> tuple[str, ...]:
    if kind is not QuestionType.OVERVIEW or not asks_for_every_side(text):
        return tuple(dict.fromkeys((text, said)))
    subject = _subject_words(said)
    return (text, *(f"{subject} {facet.search}" for facet in FACETS if facet.overview))


def _subject_words(text: str) -> str:
    bare = re.sub(r"\([^)]*\)", " ", text)
    kept = [word for word in words(bare) if terms(word) and term(word) not in _ASKING]
    return " ".join(dict.fromkeys(kept))
