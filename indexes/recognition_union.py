"""One document of several records of it: the fullest text, the best description, all of its ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from corpus.appraisal import TITLE_ONLY
from corpus.ids import distinct, scheme
from indexes.recognition import Group, Record
from rag.nodes import document_json, sections_json
from rag.types import Design, Document, Link, Note, Section, Status

FULL_TEXT = 6_000
"""Characters from which on a text is more than an abstract."""

_SCHEMES = ("pmid", "doi", "pmcid", "ref", "sha256")
_GRAVEST_FIRST = (Status.RETRACTED, Status.CONCERN, Status.SUPERSEDED, Status.CORRECTED, Status.CURRENT)
# What one record lacks another may give.
_GAPS = (
    "authors journal volume issue pages published publication_types mesh_terms keywords languages "
    "registry sample_size population url"
).split()


def weighed(records: Sequence[Record]) -> tuple[Record, ...]:
    """The same records in an order of their own, of equal ones only one whole."""
    seen: set[str] = set()
    result = []
    for record in sorted(records, key=lambda r: (not r.whole, *_stable(r))):
        content = _content(record.document)
        result.append(replace(record, whole=record.whole and content not in seen))
        seen.add(content)
    return tuple(result)


def in_force(group: Group) -> list[Document]:
    """What whole records say, without those that a newer revision outdoes; where none is whole, what all say."""
    whole = [record.document for record in group.records if record.whole]
    documents = whole or [record.document for record in group.records]
    newest = max((document.revised for document in documents if document.revised), default=None)
    return [document for document in documents if document.revised in {None, newest}]


def united(group: Group) -> Document:
    """The document that the records of a group make up together; their order doesn't matter.

    Text and title are those of the fullest record: the source's own text before a digest, full text
    before an abstract, the newer before the older; digests are put together. The description is that of the record that an
    index such as PubMed made, the newest first; its gaps are filled from the others. Ids are those of
    all, links and the gravest status those of all records in force.
    """
    if len(group.records) == 1 and not group.barred:
        return _alone(group.records[0].document)
    ranked = sorted(in_force(group), key=_as_description, reverse=True)
    text = max(ranked, key=_as_text)
    described = text if text.digest else ranked[0]
    if not text.digest:
        ranked = [document for document in ranked if not document.digest]
    merged = replace(
        _filled(described, ranked),
        title=text.title,
        title_paraphrased=text.title_paraphrased,
        sections=_sections(text, ranked),
        digest=text.digest,
        seen=text.seen,
        licence=text.licence or described.licence,
        source_path=text.source_path,
        notes=_notes(text, described),
        links=_links(described, ranked),
        status=min((document.status for document in ranked), key=_GRAVEST_FIRST.index),
    )
    return _named(_grouped(_designed(merged, ranked), ranked), ranked, group)


def _alone(document: Document) -> Document:
    _, *aliases = distinct([document.id, *document.aliases])
    return replace(document, aliases=tuple(aliases))


def _sections(text: Document, ranked: Sequence[Document]) -> tuple[Section, ...]:
    """Those of the text; digests under several ids say different things of a paper, and all are kept."""
    others = [
        one for one in ranked if one.digest and text.digest and one.title == text.title and one.id != text.id
    ]
    others.sort(key=_as_text, reverse=True)
    return tuple(dict.fromkeys((*text.sections, *(part for one in others for part in one.sections))))


def _filled(described: Document, ranked: Sequence[Document]) -> Document:
    gaps = {
        name: next((value for one in ranked if (value := getattr(one, name))), getattr(described, name))
        for name in _GAPS
        if not getattr(described, name)
    }
    complete = next((one.authors_complete for one in ranked if one.authors), True)
    return replace(described, **gaps, authors_complete=described.authors_complete and complete)


def _designed(document: Document, ranked: Sequence[Document]) -> Document:
    """With a design that a record gives rather than one that was inferred, and any rather than none."""
    known = [one for one in ranked if one.design is not Design.UNKNOWN]
    given = next((one for one in known if not one.level_inferred), None)
    better = given if document.level_inferred else None
    if better is None and document.design is Design.UNKNOWN:
        better = next(iter(known), None)
    if better is None:
        return document
    return replace(
        document,
        design=better.design,
        design_text=better.design_text,
        level=better.level,
        level_inferred=better.level_inferred,
    )


def _grouped(document: Document, ranked: Sequence[Document]) -> Document:
    """With the groups that a record names rather than inferred ones."""
    known = (one for one in ranked if one.populations)
    best = min(known, key=lambda one: one.populations_inferred, default=document)
    return replace(document, populations=best.populations, populations_inferred=best.populations_inferred)


def _notes(text: Document, described: Document) -> tuple[Note, ...]:
    notes = dict.fromkeys((*described.notes, *text.notes))
    if text.sections:
        notes.pop(TITLE_ONLY, None)
    return tuple(notes)


def _links(described: Document, ranked: Sequence[Document]) -> tuple[Link, ...]:
    others = sorted(
        {link for document in ranked for link in document.links}, key=lambda one: (one.kind, one.target)
    )
    seen: dict[tuple[str, str], Link] = {}
    for link in (*described.links, *others):
        seen.setdefault((link.kind, link.target.casefold()), link)
    return tuple(seen.values())


def _named(document: Document, ranked: Sequence[Document], group: Group) -> Document:
    """With the ids of all records; its own is the one of the most lasting scheme."""
    own = [name for one in ranked for name in (one.id, *one.aliases)]
    every = {name for record in group.records for name in (record.document.id, *record.document.aliases)}
    names = [name for name in distinct([*own, *sorted(every)]) if name.casefold() not in group.barred] or [
        document.id
    ]
    mains = {record.document.id for record in group.records} & set(names)
    first = min(mains if len(mains) == 1 else names, key=_lasting)
    own_first = distinct([first, *(name for name in own if name in names), *sorted(names)])
    return replace(document, id=own_first[0], aliases=own_first[1:])


def _lasting(name: str) -> int:
    return _SCHEMES.index(scheme(name)) if scheme(name) in _SCHEMES else len(_SCHEMES)


def _as_text(document: Document) -> tuple[bool, bool, bool, date, int, str]:
    length = sum(len(section.text) for section in document.sections)
    return (
        length > 0,
        not document.digest,
        length >= FULL_TEXT,
        _recency(document),
        length,
        _content(document),
    )


def _as_description(document: Document) -> tuple[bool, bool, date, int, str]:
    indexed = bool(document.publication_types or document.mesh_terms)
    given = sum(bool(getattr(document, name)) for name in _GAPS)
    return not document.digest, indexed, _recency(document), given, _content(document)


def _recency(document: Document) -> date:
    published = document.published.earliest if document.published else date.min
    return document.revised or published


def _content(document: Document) -> str:
    body = document_json(replace(document, source_path=None))
    return sha256(f"{body}\n{sections_json(document.sections)}".encode()).hexdigest()


def _stable(record: Record) -> Iterable[str]:
    return _content(record.document), record.path
