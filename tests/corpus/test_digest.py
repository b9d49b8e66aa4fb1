"""Evidence records to digests: what is kept, what is set apart, and how it reads."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_kit import read_file

from corpus.digest import digests, front_matter, write_starter
from corpus.digest_page import escaped
from corpus.digest_record import Fact, Record, records
from corpus.plain_text import sections
from rag.errors import InputError, UnreadableInput
from rag.types import Document, Link, LinkKind, Note, NoteKind, Status

MADE_UP = Record(
    id="pmid:1",
    title="Made-up trial of rest",
    authors=("Example A",),
    journal="J Made Up",
    year=2020,
    date="2020-05-06",
    doi="10.9999/Rest",
    pmid="1",
    pmcid=None,
    url="https://example.org/1",
    license="CC BY 4.0",
    publication_types=("Randomized Controlled Trial",),
    design="randomised trial",
    n=40,
    population="made-up adults",
    supersedes=None,
    superseded_by=None,
    retracted=False,
    seen=("https://example.org/1",),
    unverified_fields=(),
    facts=(
        Fact(text="Pain fell.", section="results", topic="pain", seen="https://example.org/1"),
        Fact(text="Rest helps.", section="conclusion", topic="pain", seen="https://example.org/2"),
        Fact(
            text="Deaths did not differ.", section="results", topic="mortality", seen="https://example.org/1"
        ),
        Fact(text="Sleep improved (P<0.05).", section="results", topic="pain", seen="https://example.org/2"),
    ),
)


@dataclass(frozen=True)
class Made:
    """A digest as text and as the document that is read from it."""

    text: str
    document: Document

    @property
    def body(self) -> str:
        return self.text.split("\n---\n", 1)[1]


def made(folder: Path, *others: Record, **changes: object) -> Made:
    record = MADE_UP.model_copy(update=changes)
    pages = digests({"topic": [record, *others]})
    name = next(iter(pages))
    path = folder / Path(name).name
    path.write_text(pages[name], encoding="utf-8")
    return Made(pages[name], read_file(path))


def test_facts_stand_under_section_and_topic_with_their_pages_as_footnotes(tmp_path: Path) -> None:
    facts = made(tmp_path).body.partition("## Results")[2]

    assert facts == (
        "\n\n### Pain relief\n\n- Pain fell.[^1]\n- Sleep improved (P<0.05).[^2]\n\n"
        "### Mortality\n\n- Deaths did not differ.[^1]\n\n"
        "## Conclusions\n\n### Pain relief\n\n- Rest helps.[^2]\n\n"
        "[^1]: <https://example.org/1>\n[^2]: <https://example.org/2>\n"
    )


def test_the_document_has_the_facts_and_nothing_else_as_text(tmp_path: Path) -> None:
    document = made(tmp_path, safety_note="not for children").document

    assert [(section.heading, section.text) for section in document.sections] == [
        ("Results / Pain relief", "Pain fell.\n\nSleep improved (P<0.05)."),
        ("Results / Mortality", "Deaths did not differ."),
        ("Conclusions / Pain relief", "Rest helps."),
    ]


def test_a_digest_says_that_it_is_one(tmp_path: Path) -> None:
    digest = made(tmp_path)

    assert digest.document.digest
    assert "digest in our own words" in digest.body
    assert "not the source's text" in digest.body


def test_the_licence_of_the_source_is_not_that_of_our_words(tmp_path: Path) -> None:
    digest = made(tmp_path)

    assert digest.document.licence == "Apache-2.0"
    assert "source_licence: CC BY 4.0" in digest.text


def test_ids_of_a_record_become_aliases(tmp_path: Path) -> None:
    document = made(tmp_path).document

    assert (document.id, document.aliases) == ("pmid:1", ("doi:10.9999/Rest",))


def test_unverified_values_are_kept_but_neither_shown_nor_read(tmp_path: Path) -> None:
    unknown = ("authors", "journal", "year", "doi", "registry")
    digest = made(tmp_path, unverified_fields=unknown, date=None, registry="NCT00000000")

    assert "unverified:\n  authors:\n  - Example A\n  journal: J Made Up\n  year: 2020\n" in digest.text
    assert not any(shown in digest.body for shown in ("Example A", "J Made Up", "2020", "10.9999", "NCT0"))
    document = digest.document
    assert (document.authors, document.journal, document.published) == ((), None, None)
    assert (document.aliases, document.registry) == ((), None)
    assert "Authors unknown. Journal unknown. Date unknown." in digest.body


def test_a_guessed_year_goes_no_further(tmp_path: Path) -> None:
    digest = made(tmp_path, year=None, date=None, year_guess=1987, unverified_fields=("year",))

    assert "1987" not in digest.text
    assert "year_guess" not in digest.text
    assert digest.document.year is None


def test_a_paraphrased_title_says_so(tmp_path: Path) -> None:
    digest = made(tmp_path, unverified_fields=("title",))

    assert digest.document.title_paraphrased
    assert "**Title:** paraphrased" in digest.body


def test_a_shortened_list_of_authors_is_no_complete_one(tmp_path: Path) -> None:
    digest = made(tmp_path, authors_note="first of nine")

    assert not digest.document.authors_complete
    assert "Example A, et al." in digest.body


@pytest.mark.parametrize(
    "field",
    "retraction_evidence trap_note id_note fact_note source_note title_note authors_note".split(),
)
def test_remarks_for_the_keepers_stay_in_the_front_matter(tmp_path: Path, field: str) -> None:
    digest = made(tmp_path, **{field: "made-up remark"})

    assert f"editorial:\n  {field}: made-up remark\n" in digest.text
    assert "made-up remark" not in digest.body
    assert digest.document.notes == ()


@pytest.mark.parametrize(
    ("field", "kind", "name"),
    [
        ("indirect", NoteKind.INDIRECT, "Indirect evidence"),
        ("safety_note", NoteKind.SAFETY, "Safety"),
        ("source_inconsistency", NoteKind.INCONSISTENCY, "Sources differ"),
        ("caution", NoteKind.CAUTION, "Caution"),
        ("interpretation_note", NoteKind.INTERPRETATION, "Interpretation"),
        ("scope_note", NoteKind.SCOPE, "Scope"),
        ("supersession_note", NoteKind.STATUS, "Status"),
        ("superseded_note", NoteKind.STATUS, "Status"),
        ("followup_note", NoteKind.STATUS, "Status"),
    ],
)
def test_remarks_for_readers_are_notes_and_stand_on_the_page(
    tmp_path: Path, field: str, kind: NoteKind, name: str
) -> None:
    digest = made(tmp_path, **{field: "made-up remark"})

    assert digest.document.notes == (Note(kind, "made-up remark"),)
    assert f"## Read with care\n\n- **{name}:** Made-up remark.\n" in digest.body


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Status.CURRENT),
        ({"erratum": "J Made Up 2021;1:1"}, Status.CORRECTED),
        ({"correction": "J Made Up 2021;1:1"}, Status.CORRECTED),
        ({"superseded_by": "pmid:2", "erratum": "J Made Up 2021;1:1"}, Status.SUPERSEDED),
        ({"outdated": True}, Status.SUPERSEDED),
        ({"concern": True}, Status.CONCERN),
        ({"retracted": True, "concern": True, "superseded_by": "pmid:2"}, Status.RETRACTED),
    ],
)
def test_the_gravest_status_counts(tmp_path: Path, changes: dict[str, object], expected: Status) -> None:
    digest = made(tmp_path, **changes)

    assert digest.document.status is expected
    assert f"- **Status:** {expected.value}" in digest.body


def test_a_retracted_paper_is_said_to_claim(tmp_path: Path) -> None:
    document = made(tmp_path, retracted=True).document

    assert [note.kind for note in document.notes] == [NoteKind.STATUS]
    assert "claimed" in document.notes[0].text


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({"superseded_by": "doi:10.9999/NEW"}, Link(LinkKind.SUPERSEDED_BY, "doi:10.9999/NEW")),
        ({"supersedes": "ref:old"}, Link(LinkKind.SUPERSEDES, "ref:old")),
        ({"erratum": "J Made Up 2021;1:1"}, Link(LinkKind.CORRECTED_BY, "J Made Up 2021;1:1")),
        ({"outdated": True}, Link(LinkKind.SUPERSEDED_BY, "later editions")),
        (
            {"retraction_evidence": 'a page ("Retraction in" J Made Up 2021;1:1, PMID 77, doi 10.9999/r)'},
            Link(LinkKind.RETRACTED_BY, "pmid:77"),
        ),
        (
            {"notice_for": "pmid:9", "publication_types": ("Retraction of Publication",)},
            Link(LinkKind.RETRACTS, "pmid:9"),
        ),
        (
            {"notice_for": "pmid:9", "publication_types": ("Expression of Concern",)},
            Link(LinkKind.RAISES_CONCERN, "pmid:9"),
        ),
    ],
)
def test_relations_become_links(tmp_path: Path, changes: dict[str, object], link: Link) -> None:
    assert made(tmp_path, **changes).document.links == (link,)


def test_a_superseded_preprint_names_its_paper(tmp_path: Path) -> None:
    document = made(tmp_path, superseded_by="pmid:2", publication_types=("Preprint",)).document

    assert document.linked(LinkKind.PREPRINT_OF) == ("pmid:2",)


def test_a_paper_names_the_notices_among_the_records(tmp_path: Path) -> None:
    retraction = MADE_UP.model_copy(
        update={"id": "pmid:5", "notice_for": "pmid:1", "publication_types": ("Retraction of Publication",)}
    )
    concern = MADE_UP.model_copy(
        update={"id": "pmid:6", "notice_for": "pmid:1", "publication_types": ("Expression of Concern",)}
    )

    digest = made(tmp_path, retraction, concern, retracted=True)

    assert digest.document.linked(LinkKind.RETRACTED_BY) == ("pmid:5",)
    assert digest.document.linked(LinkKind.CONCERN_BY) == ("pmid:6",)
    assert "retracted by [pmid:5](made-up-trial-of-rest-pmid-5.md)" in digest.body


def test_a_link_between_topics_leads_to_the_other_folder() -> None:
    new = MADE_UP.model_copy(update={"id": "pmid:2"})
    old = MADE_UP.model_copy(update={"superseded_by": "pmid:2"})

    pages = digests({"a": [old], "b": [new]})

    assert "(../b/made-up-trial-of-rest-pmid-2.md)" in pages["a/made-up-trial-of-rest-pmid-1.md"]


def test_the_order_of_the_record_is_kept_where_the_page_has_another() -> None:
    in_order = MADE_UP.model_copy(update={"facts": MADE_UP.facts[:2]})

    assert front_matter(MADE_UP).fact_order == (1, 4, 3, 2)
    assert front_matter(in_order).fact_order == ()


@given(
    st.text(alphabet=st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1)
    | st.text(alphabet="12ab.)-+*_#>=~|:`[]()<!/&;^\\\\ ", min_size=1)
)
@example("12. of May")
@example("ends in #")
@example(">20 patients")
@example("see [^1]")
def test_escaped_text_reads_as_it_was(text: str) -> None:
    plain = " ".join(text.split())

    read_back = sections(f"- {escaped(plain)}")

    assert [section.text for section in read_back] == ([plain] if plain else [])


def test_a_key_that_is_not_known_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "made-up.jsonl"
    line = json.loads(MADE_UP.model_dump_json()) | {"colour": "red"}
    path.write_text(f"{MADE_UP.model_dump_json()}\n{json.dumps(line)}\n", encoding="utf-8")

    with pytest.raises(UnreadableInput, match=r"line 2 of .*made-up\.jsonl isn't an evidence record: colour"):
        records(path)


def test_a_folder_without_evidence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no \*\.jsonl files"):
        write_starter(tmp_path, tmp_path / "out")


def test_the_script_writes_the_pages_and_says_how_many(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "rest.jsonl").write_text(MADE_UP.model_dump_json() + "\n", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "corpus.digest", str(evidence), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert done.stdout.startswith("1 digests written")
    assert (
        read_file(tmp_path / "out" / "rest" / "made-up-trial-of-rest-pmid-1.md").title
        == "Made-up trial of rest"
    )
