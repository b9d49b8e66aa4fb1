"""The starter library as it is committed: complete, honest, and equal to what the script makes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from markdown_kit import read_file

import corpus
from corpus.digest import write_starter
from corpus.digest_page import SECTION_NAMES, TOPIC_NAMES
from rag.types import Design, Document, LinkKind, NoteKind, Status

STARTER = Path(corpus.__file__).parent / "starter"
GOLD = Path(corpus.__file__).parents[1] / "eval" / "gold"
SECTION_OF = {name: key for key, name in SECTION_NAMES.items()}
TOPIC_OF = {name: key for key, name in TOPIC_NAMES.items()}
REWORDED = {r"search:\w+ \(record": "a search result (record", r"the \w+'s knowledge,": "our own knowledge,"}
SAME_KEYS = "id title url publication_types design population unverified_fields seen".split()


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    found = [read_file(path) for path in sorted(STARTER.glob("*/*.md"))]
    return {document.id: document for document in found}


def evidence_records(shared: Path) -> dict[str, dict[str, object]]:
    """The records as JSON gives them, less what the library leaves out on purpose."""
    found = {}
    for path in sorted((shared / "evidence").glob("*.jsonl")):
        text = path.read_text(encoding="utf-8")
        for working, ours in REWORDED.items():
            text = re.sub(working, ours, text)
        for record in map(json.loads, text.splitlines()):
            kept = {key: value for key, value in record.items() if value not in (None, [], "")}
            kept.pop("year_guess", None)
            found[record["id"]] = kept
    return found


def rebuilt(path: Path) -> dict[str, object]:
    """An evidence record out of a page, by nothing but its Markdown and YAML."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    matter = yaml.safe_load(front)
    record = {key: matter[key] for key in SAME_KEYS if key in matter}
    record |= {
        key: matter[key]
        for key in "authors journal year date doi pmid pmcid registry".split()
        if key in matter
    }
    record |= matter.get("unverified", {}) | matter.get("editorial", {})
    record |= {
        new: matter[old]
        for old, new in {"sample_size": "n", "source_licence": "license"}.items()
        if old in matter
    }
    record["retracted"] = matter.get("status") == "retracted"
    record["facts"] = facts(body, matter.get("fact_order"))
    for note in matter.get("notes", []):
        record[note["field"]] = (
            True if note["field"] in {"retracted", "concern", "outdated"} else note["text"]
        )
    of_kind = {"superseded by": "superseded_by", "supersedes": "supersedes"}
    of_kind |= {"retracts": "notice_for", "raises concern about": "notice_for"}
    for link in matter.get("links", []):
        field = link.get("field") or of_kind.get(link["kind"])
        if field and field != "outdated":
            record[field] = link["target"]
    return record


def facts(body: str, order: list[int] | None) -> list[dict[str, str]]:
    pages = dict(re.findall(r"^\[\^(\d+)\]: <?(.*?)>?$", body, re.MULTILINE))
    found, section, topic = [], "", ""
    for line in body.splitlines():
        if line.startswith("## "):
            section, topic = SECTION_OF.get(line[3:], ""), ""
        elif line.startswith("### "):
            topic = TOPIC_OF[line[4:]]
        elif topic and (fact := re.fullmatch(r"- (.*)\[\^(\d+)\]", line)):
            text = re.sub(r"\\(\W)", r"\1", fact[1])
            found.append({"text": text, "section": section, "topic": topic, "seen": pages[fact[2]]})
    return (
        [fact for _, fact in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])]
        if order
        else found
    )


def test_each_evidence_record_can_be_got_back_from_its_page(shared: Path) -> None:
    expected = evidence_records(shared)

    found = {record["id"]: record for record in map(rebuilt, STARTER.glob("*/*.md"))}

    assert len(found) == len(expected) == 205
    for identity, record in expected.items():
        assert found[identity] == record, identity


def test_the_committed_pages_are_what_the_script_makes(shared: Path, tmp_path: Path) -> None:
    write_starter(shared / "evidence", tmp_path)

    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.glob("*/*.md")}
    committed = {path.relative_to(STARTER): path.read_bytes() for path in STARTER.glob("*/*.md")}
    assert sorted(made) == sorted(committed)
    assert [name for name, text in made.items() if committed[name] != text] == []


def test_the_text_of_a_document_is_its_facts(shared: Path, documents: dict[str, Document]) -> None:
    for identity, record in evidence_records(shared).items():
        document = documents[identity]
        paragraphs = [text for section in document.sections for text in section.text.split("\n\n")]
        assert sorted(paragraphs) == sorted(fact["text"] for fact in record["facts"])  # type: ignore[attr-defined]


def test_no_guessed_year_is_anywhere(shared: Path) -> None:
    for path in STARTER.glob("*/*.md"):
        assert "year_guess" not in path.read_text(encoding="utf-8")


def test_there_are_205_documents_on_four_topics(documents: dict[str, Document]) -> None:
    topics = [path.parent.name for path in STARTER.glob("*/*.md")]

    assert len(documents) == len(topics) == 205
    assert {topic: topics.count(topic) for topic in set(topics)} == {
        "spinal_hematoma": 80,
        "aspirin_primary_prevention": 40,
        "covid_drugs": 42,
        "pneumonia_and_sepsis": 43,
    }


def test_every_document_says_that_it_is_a_digest_and_where_it_was_read(
    documents: dict[str, Document],
) -> None:
    for document in documents.values():
        assert document.digest
        assert document.seen
        assert document.sections
        assert document.licence == "Apache-2.0"


def test_eleven_are_retracted_and_say_that_they_claim(documents: dict[str, Document]) -> None:
    retracted = [document for document in documents.values() if document.retracted]

    assert len(retracted) == 11
    assert all("claimed" in document.notes[0].text for document in retracted)


def test_the_three_notices_are_notices_that_stand(documents: dict[str, Document]) -> None:
    notices = {document.id: document for document in documents.values() if document.design is Design.NOTICE}

    assert sorted(notices) == ["pmcid:PMC11718083", "pmid:32484612", "pmid:32511943"]
    assert all(notice.status is Status.CURRENT for notice in notices.values())
    assert notices["pmid:32511943"].linked(LinkKind.RETRACTS) == ("pmid:32450107",)
    assert notices["pmid:32484612"].linked(LinkKind.RAISES_CONCERN) == ("pmid:32356626",)


def test_links_to_other_editions_lead_to_documents_of_the_library(documents: dict[str, Document]) -> None:
    editions = [
        target
        for document in documents.values()
        for kind in (LinkKind.SUPERSEDED_BY, LinkKind.SUPERSEDES)
        for target in document.linked(kind)
    ]

    assert set(editions) - set(documents) == {"later editions"}
    assert len(editions) == 47


def test_indirect_evidence_is_named_as_such(documents: dict[str, Document]) -> None:
    assert sum(document.indirect is not None for document in documents.values()) == 24
    assert documents["pmcid:PMC5785262"].indirect == "animal, brain"
    assert NoteKind.SAFETY in {note.kind for note in documents["ref:uspstf-2022-aspirin-cvd"].notes}


def test_relative_links_between_pages_lead_somewhere() -> None:
    for path in STARTER.glob("*/*.md"):
        for target in re.findall(r"\]\(([^)]+\.md)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).is_file(), f"{path.name}: {target}"


def test_the_gold_questions_cite_documents_of_the_library(documents: dict[str, Document]) -> None:
    known = {identity.lower() for identity in documents}
    lines = [
        line
        for path in sorted(GOLD.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    questions = [json.loads(line) for line in lines]

    assert len(questions) == len({question["id"] for question in questions}) >= 61
    for question in questions:
        cited = [*question["best_evidence"], *(one for some in question["cite_any_of"] for one in some)]
        assert {one.lower() for one in cited} <= known, question["id"]
