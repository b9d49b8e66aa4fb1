"""Making the starter library from evidence files: `python -m corpus.digest EVIDENCE_DIR STARTER_DIR`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from corpus.digest_page import page
from corpus.digest_record import Record, records
from corpus.front_matter import FrontMatter, LinkMatter, NoteMatter
from rag.errors import InputError
from rag.types import LinkKind, NoteKind, Status

LICENCE = "Apache-2.0"
_NOTES = {
    "indirect": NoteKind.INDIRECT,
    "safety_note": NoteKind.SAFETY,
    "caution": NoteKind.CAUTION,
    "interpretation_note": NoteKind.INTERPRETATION,
    "source_inconsistency": NoteKind.INCONSISTENCY,
    "scope_note": NoteKind.SCOPE,
    "supersession_note": NoteKind.STATUS,
    "superseded_note": NoteKind.STATUS,
    "followup_note": NoteKind.STATUS,
}
_FLAGS = {
    "retracted": "retracted: what stands here is what the paper claimed before it was withdrawn",
    "concern": "an expression of concern was published about this paper",
    "outdated": "outdated: later editions exist",
}
_EDITORIAL = "retraction_evidence trap_note id_note fact_note source_note title_note authors_note".split()
_MAY_BE_UNVERIFIED = "authors journal year date doi pmid pmcid registry".split()
_RETRACTION = re.compile(r'"Retraction in".*?\bPMID (\d+)')


def write_starter(evidence: Path, starter: Path) -> int:
    """Writes one page for each record of each file of `evidence` to `starter`; returns their number.

    Raises:
        InputError: there are no evidence files, or one has a line that isn't such a record.
    """
    topics = {path.stem: records(path) for path in sorted(evidence.glob("*.jsonl"))}
    if not topics:
        raise InputError(f"{evidence} has no *.jsonl files; name the folder with the evidence files")
    texts = digests(topics)
    for name, text in texts.items():
        target = starter / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return len(texts)


def digests(topics: Mapping[str, Sequence[Record]]) -> dict[str, str]:
    """The text of each page by its path below the starter folder; the same records give the same bytes."""
    paths = {record.id: f"{topic}/{record.slug}.md" for topic, found in topics.items() for record in found}
    everything = [record for found in topics.values() for record in found]
    return {paths[record.id]: _digest(record, _notices(record, everything), paths) for record in everything}


def _digest(record: Record, notices: Sequence[LinkMatter], paths: Mapping[str, str]) -> str:
    matter = front_matter(record, notices)
    keys = matter.model_dump(mode="json", exclude_defaults=True)
    head = yaml.safe_dump(keys, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{head}---\n\n{page(record, matter, paths)}"


def front_matter(record: Record, notices: Sequence[LinkMatter] = ()) -> FrontMatter:
    """What a record says about its source, with what was not displayed set apart."""
    unknown = frozenset(record.unverified_fields)
    known = {key: None if key in unknown else getattr(record, key) for key in _MAY_BE_UNVERIFIED}
    kept = {
        key: getattr(record, key) for key in _MAY_BE_UNVERIFIED if key in unknown and getattr(record, key)
    }
    order = tuple(place + 1 for place in record.reading_order)
    return FrontMatter.model_validate(
        known
        | {
            "id": record.id,
            "title": record.title,
            "title_paraphrased": "title" in unknown,
            "digest": True,
            "authors": known["authors"] or (),
            "authors_complete": record.authors_note is None and "authors" not in unknown,
            "url": record.url,
            "publication_types": record.publication_types,
            "design": record.design,
            "sample_size": record.n,
            "population": record.population,
            "status": status(record),
            "links": tuple(_links(record, notices)),
            "notes": tuple(_notes(record)),
            "unverified_fields": record.unverified_fields,
            "unverified": kept,
            "seen": record.seen,
            "source_licence": record.license,
            "licence": LICENCE,
            "fact_order": () if order == tuple(sorted(order)) else order,
            "editorial": {key: getattr(record, key) for key in _EDITORIAL if getattr(record, key)},
        }
    )


def status(record: Record) -> Status:
    """Whether the source still stands; the gravest of what is said about it."""
    if record.retracted:
        return Status.RETRACTED
    if record.concern:
        return Status.CONCERN
    if record.superseded_by or record.outdated:
        return Status.SUPERSEDED
    return Status.CORRECTED if record.correction or record.erratum else Status.CURRENT


def _links(record: Record, notices: Sequence[LinkMatter]) -> Iterator[LinkMatter]:
    yield from notices
    if record.notice_for:
        concern = "Expression of Concern" in record.publication_types
        yield LinkMatter(
            kind=LinkKind.RAISES_CONCERN if concern else LinkKind.RETRACTS, target=record.notice_for
        )
    if record.superseded_by:
        yield LinkMatter(kind=LinkKind.SUPERSEDED_BY, target=record.superseded_by)
        if "Preprint" in record.publication_types:
            yield LinkMatter(kind=LinkKind.PREPRINT_OF, target=record.superseded_by)
    if record.outdated:
        yield LinkMatter(kind=LinkKind.SUPERSEDED_BY, target="later editions", field="outdated")
    if record.supersedes:
        yield LinkMatter(kind=LinkKind.SUPERSEDES, target=record.supersedes)
    for field in ("correction", "erratum"):
        if text := getattr(record, field):
            yield LinkMatter(kind=LinkKind.CORRECTED_BY, target=text, field=field)


def _notes(record: Record) -> Iterator[NoteMatter]:
    for field, text in _FLAGS.items():
        if getattr(record, field):
            yield NoteMatter(kind=NoteKind.STATUS, text=text, field=field)
    for field, kind in _NOTES.items():
        if text := getattr(record, field):
            yield NoteMatter(kind=kind, text=text, field=field)


def _notices(record: Record, everything: Sequence[Record]) -> tuple[LinkMatter, ...]:
    """The notices about a paper: those among the records, and the one that its own record names."""
    found = _RETRACTION.search(record.retraction_evidence or "")
    links = [(LinkKind.RETRACTED_BY, f"pmid:{found[1]}")] if found else []
    for notice in everything:
        if notice.notice_for == record.id:
            concern = "Expression of Concern" in notice.publication_types
            links.append((LinkKind.CONCERN_BY if concern else LinkKind.RETRACTED_BY, notice.id))
    return tuple(LinkMatter(kind=kind, target=target) for kind, target in dict.fromkeys(links))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m corpus.digest EVIDENCE_DIR STARTER_DIR")
    try:
        count = write_starter(Path(sys.argv[1]), Path(sys.argv[2]))
    except InputError as error:
        sys.exit(f"error: {error}")
    sys.stdout.write(f"{count} digests written to {sys.argv[2]}\n")
