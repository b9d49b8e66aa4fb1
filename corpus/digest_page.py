"""The Markdown that people read of a digest."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from corpus.digest_record import Fact, Record
from corpus.front_matter import FrontMatter
from rag.types import NoteKind, Status

SECTION_NAMES = {
    "background": "Background",
    "methods": "Methods",
    "results": "Results",
    "conclusion": "Conclusions",
}
TOPIC_NAMES = {
    "anaemia": "Anaemia",
    "anticoagulation": "Anticoagulation",
    "bleeding": "Bleeding",
    "cac": "Coronary artery calcium",
    "cancer": "Cancer",
    "cardiovascular drugs": "Cardiovascular drugs",
    "colorectal_cancer": "Colorectal cancer",
    "conservative": "Conservative treatment",
    "corticosteroids": "Corticosteroids",
    "covid": "COVID-19",
    "dementia": "Dementia",
    "diabetes": "Diabetes",
    "efficacy": "Efficacy",
    "egdt": "Early goal-directed therapy",
    "epidemiology": "Epidemiology",
    "fluids": "Fluids",
    "guideline": "Guidance",
    "harms": "Harms",
    "hydroxychloroquine": "Hydroxychloroquine",
    "il6-jak": "Interleukin-6 and JAK inhibitors",
    "imaging": "Imaging",
    "influenza": "Influenza",
    "interaction": "Drug interactions",
    "ivermectin": "Ivermectin",
    "low_resource": "Low-resource settings",
    "mechanism": "Mechanism",
    "methods": "Study methods",
    "mortality": "Mortality",
    "nirmatrelvir": "Nirmatrelvir-ritonavir",
    "older_adults": "Older adults",
    "pain": "Pain relief",
    "pediatric": "Children",
    "plasma": "Convalescent plasma",
    "polypill": "Polypill",
    "pregnancy": "Pregnancy",
    "prognosis": "Prognosis",
    "recurrence": "Recurrence",
    "rehabilitation": "Rehabilitation",
    "remdesivir": "Remdesivir",
    "resorption_time": "Resorption time",
    "retraction": "Retraction",
    "secondary_prevention": "Secondary prevention",
    "septic_shock_steroids": "Corticosteroids in septic shock",
    "severity": "Severity",
    "source_quality": "Quality of the source",
    "steroids": "Steroids",
    "stopping": "Stopping treatment",
    "surgery_timing": "Timing of surgery",
    "vitamin_c": "Vitamin C",
    "young_adults": "Young adults",
}
NOTE_NAMES = {
    NoteKind.INDIRECT: "Indirect evidence",
    NoteKind.SAFETY: "Safety",
    NoteKind.INCONSISTENCY: "Sources differ",
    NoteKind.CAUTION: "Caution",
    NoteKind.INTERPRETATION: "Interpretation",
    NoteKind.STATUS: "Status",
    NoteKind.SCOPE: "Scope",
}
_FIELD_NAMES = {
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "n": "number of participants",
    "registry": "trial number",
}
_DIGEST = (
    "*A digest in our own words of facts read on the pages listed at the end. It is not the source's text.*"
)
_MARKUP = re.compile(
    r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)"  # anywhere
    r"|^>|^[-+#=~|:](?=\W|$)|#$"  # as a mark of a block
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def page(record: Record, matter: FrontMatter, paths: Mapping[str, str]) -> str:
    """Title, what is known about the source, what to mind, and the facts with their pages as footnotes.

    `paths` has the path of each document's page below the starter folder, by id.
    """
    facts = [record.facts[place] for place in record.reading_order]
    pages = {address: number for number, address in enumerate(dict.fromkeys(fact.seen for fact in facts), 1)}
    blocks = [f"# {escaped(matter.title)}", _DIGEST, "\n".join(_about(matter, paths))]
    if matter.notes:
        blocks.append("## Read with care")
        blocks.append(
            "\n".join(f"- **{NOTE_NAMES[note.kind]}:** {_sentence(note.text)}" for note in matter.notes)
        )
    blocks += _sections(facts, pages)
    blocks.append("\n".join(f"[^{number}]: {_linked(address)}" for address, number in pages.items()))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Plain text as Markdown that says the same."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(lambda found: f"\\{found[0]}", text))


def _about(matter: FrontMatter, paths: Mapping[str, str]) -> Iterator[str]:
    yield f"- **Source:** {'. '.join(filter(None, _source(matter)))}"
    if matter.title_paraphrased:
        yield "- **Title:** paraphrased or unconfirmed; the source's own was not displayed on the pages read"
    people = [] if matter.sample_size is None else [f"n = {matter.sample_size:,}"]
    yield f"- **Design:** {'; '.join(escaped(text) for text in [matter.design or 'unknown', *people])}"
    yield f"- **Population:** {escaped(matter.population or 'unknown')}"
    if matter.registry:
        yield f"- **Trial number:** {escaped(matter.registry)}"
    yield f"- **Status:** {'; '.join(_standing(matter, paths))}"
    if matter.unverified_fields:
        names = ", ".join(_FIELD_NAMES.get(name, name) for name in matter.unverified_fields)
        yield f"- **Not displayed on the pages read, so unknown or uncertain:** {names}"


def _source(matter: FrontMatter) -> Iterator[str]:
    unknown = matter.unverified_fields
    if matter.authors:
        yield escaped(", ".join(matter.authors) + ("" if matter.authors_complete else ", et al"))
    elif "authors" in unknown:
        yield "Authors unknown"
    if matter.journal or "journal" in unknown:
        yield escaped(matter.journal or "Journal unknown")
    yield str(matter.date or matter.year or "Date unknown")
    if matter.url:
        yield _linked(matter.url)
    yield from (
        f"{_FIELD_NAMES[key]} {value}" for key in ("doi", "pmid", "pmcid") if (value := getattr(matter, key))
    )


def _standing(matter: FrontMatter, paths: Mapping[str, str]) -> list[str]:
    """The status, then the relations; a relation that begins with the status stands for it."""
    relations = list(_relations(matter, paths))
    status = (matter.status or Status.CURRENT).value
    return relations if relations and relations[0].startswith(status) else [status, *relations]


def _relations(matter: FrontMatter, paths: Mapping[str, str]) -> Iterator[str]:
    here = posixpath.dirname(paths[matter.id or ""])
    for link in matter.links:
        there = paths.get(link.target)
        name = (
            f"[{escaped(link.target)}]({posixpath.relpath(there, here)})" if there else escaped(link.target)
        )
        yield f"{link.kind.value} {name}"


def _sections(facts: list[Fact], pages: Mapping[str, int]) -> Iterator[str]:
    for section, in_section in groupby(facts, key=lambda fact: fact.section):
        yield f"## {SECTION_NAMES[section]}"
        for topic, on_topic in groupby(in_section, key=lambda fact: fact.topic):
            yield f"### {TOPIC_NAMES[topic]}"
            yield "\n".join(f"- {escaped(fact.text)}[^{pages[fact.seen]}]" for fact in on_topic)


def _linked(address: str) -> str:
    return f"<{address}>" if re.fullmatch(r"https?://[^\s<>]+", address) else escaped(address)


def _sentence(text: str) -> str:
    stop = "" if text.endswith((".", "!", "?")) else "."
    return escaped(text[:1].upper() + text[1:] + stop)
