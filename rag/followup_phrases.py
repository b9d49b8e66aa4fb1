"""Noun phrases of a question, found by its small words: what a later question may refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.named import drugs_in, names_a_study
from rag.populations import groups_of
from rag.text import term

_WORD = re.compile(r"[^\W_](?:[\w'’/+-]|[.,](?=\d))*(?:(?<=\b[A-Z])\.[A-Z]\.)?|[^\s\w]")
_DETERMINERS = frozenset(
    "the a an some any this that these those all each every no my your his her its their our".split()
)
PREPOSITIONS = frozenset(
    "in on of for with to from at by after before during without about against among between into through "
    "under over as than versus vs via within following despite per like besides around".split()
)
_JOINING = frozenset({"and", "or"})
_SMALL = frozenset(
    "what which who whom whose when where why how is are was were be been being am do does did has have had can "
    "could will would shall should may might must i you we he she it they me him us them someone anyone somebody "
    "one ones there here not if whether because while but so then nor also too either both more most less "
    "least much many only just still now ever never very really actually instead again else other another such "
    "same own yes please thanks hello good better best well often soon ago today "
    "anything something nothing everything else next don doesn didn isn aren can't don't doesn't didn't isn't aren't it's what's i'm i've who's that's".split()
)
# Verbs that part what does from what is done to; a form of one is the same word to the stemmer.
_VERBS = frozenset(
    term(word)
    for word in (
        "help work cause reduce prevent increase lower improve affect treat cure spread make get go need require "
        "compare differ raise change shorten save predict recover develop resolve happen mean tell know find "
        "give take keep start stop begin become come led lead recommend suggest use manage diagnose detect "
        "produce create discover invent contain explain describe look feel think want like avoid survive die "
        "clear appear disappear shorten protect worsen trigger relieve say said talk learn show give run put suffer occur "
        "provide receive perform survive impact influence vote join leave write sing release win speak return collaborate act play create publish speed boost slow resorb heal shrink hasten delay decrease "
        "contribute interact experience associate relate consider add operate call include eat live see kill help hear took taken got gave given"
    ).split()
)
_VERB_FORMS = frozenset(
    "used using needed worked works goes went gone going done born won wrote written lost made began begun left meant held met paid sold taught "
    "built fell fallen grew grown knew known ran spent thought gotten chosen done seen spread cut put set".split()
)
# Names of no verb, though they share a stem with one.
_NOUNS = frozenset(
    "treatment treatments management diagnosis development use uses worker feeling operation operations addition".split()
)
_PREDICATES = re.compile(
    r"^(?:\w+(?:able|ible)|safe|effective|ineffective|useful|harmful|helpful|dangerous|bad|needed|necessary|possible"
    r"|contagious|infectious|hereditary|inherited|serious|fatal|deadly|important|common|rare|different|similar|related|legal|free|enough|normal|popular|available|indicated|contraindicated|worth|true|likely|famous|bad|difficult|successful|accurate|sensitive|specific|expensive|painful|red|present|early|late|long|far|fast)$",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    term(word)
    for word in (
        "patient person people adult man woman child infant baby boy girl teenager adolescent mother father wife "
        "husband son daughter user smoker volunteer participant individual survivor mum dad sister brother newborn case elderly"
    ).split()
)
# Words that need a disease or a drug beside them before they name a topic.
_GENERAL = frozenset(
    term(word)
    for word in (
        "alternative dose dosage duration complication contraindication factor prevention sign age cost interaction "
        "stage kind type number level side natural reliable method test therapy drug medicine medication disease "
        "condition group food exercise avoid exist symptom cause treatment effect risk benefit role advantage "
        "disadvantage mechanism prognosis diagnosis outcome incidence prevalence mortality death history difference "
        "example way information evidence trial study guideline recommendation interval rate result process time term event aspect article interesting anyth maximum maximal minimum usual standard high low optimal typical bleeding bleed recurrence relapse procedure operation intervention inr hba1c scan harm danger downside early late initial "
        "reason problem thing option pro con origin use source key main possible common first best long short term "
        "important specific new year month week day proportion percentage share chance sort form purpose definition "
        "picture course lot lack bit deal part idea average interaction safety efficacy effectiveness management surgery"
    ).split()
)
_CLASSES = re.compile(
    r"(?:steroid|coagulant|biotic|viral|inhibitor|blocker|agonist|antagonist|vaccine|depressant|diuretic|opioid|nsaid|ssri"
    r"|vasopressor|anaesthetic|anesthetic|psychotic|histamine|emetic|thinner|vaccination|immunoglobulin|painkiller"
    r"|supplement|probiotic|antibod(?:y|ie)|chemotherapy|radiotherapy|physiotherapy|psychotherapy|dialysis|transfusion)s?$"
    r"|^(?:\w+ )?(?:calcium|magnesium|zinc|iron|fluids?|oxygen|vitamin \w+|fish oil|omega-3|surgery|decompression|laminectomy|ppis?|cbt|acupuncture)$",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b(?:PPI|SSRI|SNRI|NSAID|ACE inhibitor|DOAC|LMWH|statin|triptan)s?\b")
_DISEASES = re.compile(
    r"(?:itis|osis|asis|onia|tension|a?emia|oma|pathy|algia|uria|pnoea|pnea|rhoea|rrhea|plegia|paresis|trophy|sclerosis|phobia|rrhage)s?$"
    r"|(?:disease|disorder|syndrome|cancer|attack|failure|infection|fracture|bleed|bleeding|death|stroke|pain|ulcer|injur(?:y|ie)"
    r"|diabetes|sepsis|shock|asthma|depression|dementia|migraine|headache|insomnia|obesity|embolism|covid|covid-19|influenza|flu|epilepsy"
    r"|seizure|fall|arthritis|event|recurrence|deficit|block|arrest|arrhythmia|fibrillation|lag|reflux)s?$",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(r"(?:tion|ment|ness|ity|ance|ence)s?$")
_MANY_PEOPLE = frozenset(
    "children patients people adults women men infants babies boys girls users smokers".split()
)
_PAST = re.compile(r"^(?!acquired|associated|induced|based)[a-z]{2,}[^e]ed$")
_LINKS = frozenset("of in on with without after before during following among between and".split())
MOST_WORDS = 9  # of a phrase that is put in the place of a pronoun


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that names something, as it stands in a question."""

    text: str
    """Without the article before it."""
    start: int
    end: int
    before: str
    """The small word before it, in lower case: a preposition, an auxiliary, an article's own; empty at a start."""
    first: str
    """Its article or other determiner, empty where it has none."""

    @property
    def drug(self) -> bool:
        """Whether it names a drug, a class of drugs or another treatment."""
        singular = self.text.lower().removesuffix("s")
        return bool(
            drugs_in(self.text)
            or drugs_in(singular)
            or _CLASSES.search(self.text)
            or _SHORT.search(self.text)
        )

    @property
    def disease(self) -> bool:
        """Whether it has the form of the name of a disease or of what comes of one."""
        return not self.drug and bool(_DISEASES.search(self.text))

    @property
    def article(self) -> str:
        """Its article with the space behind it, empty where it has none; a drug needs no `a`."""
        fits = self.first == "the" or (self.first in {"a", "an"} and not self.drug)
        return f"{self.first} " if fits else ""

    @property
    def people(self) -> bool:
        """Whether its head, the last word, is a group of people."""
        return _head(self.text) in _PEOPLE or (bool(groups_of(self.text)) and len(self.text.split()) == 1)

    @property
    def study(self) -> bool:
        """Whether it names a study."""
        return names_a_study(f"of {self.text}")

    @property
    def general(self) -> bool:
        """Whether it names a side of a topic, such as its symptoms, and no topic."""
        words = self.text.lower().split()
        return all(term(word) in _GENERAL or not any(map(str.isalpha, word)) for word in words)

    @property
    def plural(self) -> bool:
        """Whether its head is a plural, as far as its ending tells."""
        last = self.text.lower().split()[-1]
        return (
            bool(re.search(r"[^siu]s$|(?:children|people|women|men|mice|bacteria|criteria)$", last))
            or " and " in self.text
        )


def phrases(text: str) -> tuple[Phrase, ...]:
    """The noun phrases of a text in order, prepositions and what hangs on them apart."""
    return tuple(_phrases(text, list(_WORD.finditer(text))))


def joined(text: str, found: Sequence[Phrase], at: int) -> str:
    """A phrase with those that hang on it: `septic shock in adults`; at most `MOST_WORDS` words."""
    last = at
    for following in range(at + 1, len(found)):
        between = text[found[last].end : found[following].start].lower().split()
        linked = bool(between) and between[0] in _LINKS
        if not linked or any(word not in PREPOSITIONS | _DETERMINERS | {"and", "no"} for word in between):
            break
        if len(text[found[at].start : found[following].end].split()) > MOST_WORDS:
            break
        last = following
    return text[found[at].start : found[last].end]


def is_verb(word: str) -> bool:
    """Whether a lower-case word is a verb more often than a name."""
    if _NAME_ENDS.search(word):
        return False
    return word in _VERB_FORMS or (term(word) in _VERBS and word not in _NOUNS)


def _head(text: str) -> str:
    return term(text.lower().split()[-1])


def _phrases(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[Phrase]:
    run: list[re.Match[str]] = []
    before = first = ""
    for place, token in enumerate(tokens):
        word = token[0].lower()
        if run and run[-1][0].lower() in _MANY_PEOPLE:
            # A group ends a phrase; what follows without a preposition is what it does.
            yield from _phrase(text, run, before, first)
            run, before, first = [], word, ""
            if word in _DETERMINERS | PREPOSITIONS | _JOINING | _SMALL or not word[0].isalnum():
                first = word if word in _DETERMINERS else ""
            continue
        if _names(word, tokens, place, inside=bool(run), after=first):
            run.append(token)
            if word.endswith(("'s", "’s")):
                yield from _phrase(text, run, before, first)
                run, before, first = [], "'s", ""
            continue
        if run and not (word in _JOINING and _goes_on(tokens, place)):
            yield from _phrase(text, run, before, first)
            run, before, first = [], "", ""
        if run:
            run.append(token)
        elif word in _DETERMINERS:
            first = word
        else:
            before, first = word, ""
    if run:
        yield from _phrase(text, run, before, first)


def _names(word: str, tokens: Sequence[re.Match[str]], place: int, *, inside: bool, after: str) -> bool:
    if not word[0].isalnum() or word in _DETERMINERS | PREPOSITIONS | _JOINING | _SMALL:
        return False
    following = tokens[place + 1][0].lower() if place + 1 < len(tokens) else "?"
    ends = not following[0].isalnum() or following in PREPOSITIONS | _DETERMINERS | _JOINING | _SMALL
    if is_verb(word):
        return not inside and bool(after) and after != "that" and (ends or not after)
    if word.endswith("ing") and not inside and following in _DETERMINERS:
        return False
    return not ((_PREDICATES.match(word) and ends) or (_PAST.match(word) and (inside or ends)))


def _goes_on(tokens: Sequence[re.Match[str]], place: int) -> bool:
    """Whether what is joined by a word such as `and` is another name and no clause of its own."""
    if place + 1 >= len(tokens):
        return False
    word = tokens[place + 1][0].lower()
    known = _DETERMINERS | PREPOSITIONS | _JOINING | _SMALL
    return word[0].isalnum() and word not in known and not is_verb(word) and not _PREDICATES.match(word)


def _phrase(text: str, run: Sequence[re.Match[str]], before: str, first: str) -> Iterator[Phrase]:
    start, end = run[0].start(), run[-1].end()
    said = text[start:end]
    if said.lower().endswith(("'s", "’s")):
        said, end = said[:-2], end - 2
    yield Phrase(said, start, end, before, first)
