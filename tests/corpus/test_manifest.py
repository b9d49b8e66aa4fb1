"""Manifests, made up here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.appraisal import appraised
from corpus.manifest import (
    described,
    find_manifest,
    fingerprint,
    is_manifest,
    read_manifest,
    with_metadata,
)
from corpus.manifest_entry import COLUMNS, Entry
from corpus.quarantine import BadRecord
from rag.errors import InputError
from rag.types import Design, Document, PublicationDate, Section

BARE = appraised(Document("sha256:0", "scan0001", (Section("", "Words."),), source_path="a.pdf"))
FULL = {
    "file": "a.pdf", "title": "A made-up trial", "authors": "Doe, Jane; Made Up Group", "journal": "J", "volume": "1", "issue": "2",
    "pages": "3-4", "date": "2019-03-07", "doi": "https://doi.org/10.1000/x", "pmid": "7", "pmcid": "PMC9",
    "type": "Randomized Controlled Trial", "language": "English", "population": "adults", "n": "120",
    "registry": "NCT00000001", "licence": "CC BY 4.0", "url": "https://example.org/a",
}  # fmt: skip


def written(folder: Path, text: str, name: str = "manifest.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def entry(folder: Path, **values: str) -> Entry:
    manifest = read_manifest(written(folder, json.dumps([{"file": "a.pdf", **values}]), "manifest.json"))
    found = manifest.entry_of(folder / "a.pdf")
    assert found
    return found


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    table = "\n".join(",".join(f'"{word}"' for word in row) for row in (FULL.keys(), FULL.values()))
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    written(one, table)
    written(other, json.dumps([FULL]), "manifest.json")

    found = [read_manifest(find_manifest(folder)).entry_of(folder / "a.pdf") for folder in (one, other)]

    assert found[0] == found[1]
    assert found[0] is not None


def test_an_entry_says_what_a_bare_file_does_not(tmp_path: Path) -> None:
    found = with_metadata(BARE, entry(tmp_path, **FULL))

    assert (found.id, found.aliases) == ("pmid:7", ("doi:10.1000/x", "pmcid:PMC9"))
    assert (found.title, found.authors) == ("A made-up trial", ("Doe J", "Made Up Group"))
    assert found.published == PublicationDate(2019, 3, 7)
    assert (found.design, found.level_inferred) == (Design.RANDOMISED_TRIAL, False)
    assert (found.sample_size, found.population, found.licence) == (120, "adults", "CC BY 4.0")
    assert found.sections == BARE.sections


def test_what_an_entry_leaves_empty_stays(tmp_path: Path) -> None:
    document = with_metadata(BARE, entry(tmp_path, **FULL))

    assert with_metadata(document, entry(tmp_path, title="", year="")) == document


def test_an_id_replaces_one_of_its_scheme_and_no_other(tmp_path: Path) -> None:
    document = Document("doi:10.1000/cited", "T", (), aliases=("pmcid:PMC1",))

    found = with_metadata(document, entry(tmp_path, doi="10.1000/own"))

    assert (found.id, found.aliases) == ("doi:10.1000/own", ("pmcid:PMC1",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file,titel\na.pdf,T\n", "column 'titel' is unknown; the columns are file, title"),
        ("title\nT\n", "column 'file'"),
        ("file,title\n,T\n", "column 'file'"),
        ("file,doi\na.pdf,none\n", "row 1: doi 'none' is none"),
        ("file,date\na.pdf,2019-02-30\n", "row 1: date '2019-02-30' is not in the calendar"),
        ("file,year\na.pdf,19\n", "row 1: year '19' is no year"),
        ("file,n\na.pdf,many\n", "n 'many' is no number"),
        ("file\na.pdf\na.pdf\n", "rows 1 and 2 are both of 'a.pdf'"),
        ("file\n../b.pdf\n", "lies outside its folder"),
        ("file\n/etc/passwd\n", "lies outside its folder"),
        ("file,title\na.pdf,T,more\n", "3 values under 2 names"),
    ],
)
def test_a_fault_is_named_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_manifest(written(tmp_path, text))

    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["{}", "[", "[1]", '[{"file": "a", "title": ["x"]}]'])
def test_json_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_manifest(written(tmp_path, text, "manifest.json"))


def test_a_row_whose_file_is_not_there_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()

    missing = read_manifest(written(tmp_path, "file;title\na.pdf;T\nb.pdf;U\n")).missing

    assert missing == (
        BadRecord("manifest.csv, row 2", "its file 'b.pdf' isn't there; mend the name or delete the row"),
    )


def test_a_manifest_is_found_by_name_and_two_are_one_too_many(tmp_path: Path) -> None:
    assert find_manifest(tmp_path) is None
    path = written(tmp_path, "file\n")
    assert find_manifest(tmp_path) == path
    assert is_manifest(path)
    assert not is_manifest(tmp_path / "records.csv")
    written(tmp_path, "[]", "manifest.json")
    with pytest.raises(InputError, match="both"):
        find_manifest(tmp_path)


def test_an_edited_row_is_a_change_and_a_moved_one_is_none(tmp_path: Path) -> None:
    def prints(text: str) -> str:
        return fingerprint("0", read_manifest(written(tmp_path, text)).entry_of(tmp_path / "a.pdf"))

    first = prints("file,title\na.pdf,T\n")

    assert prints("file,title\nb.pdf,U\na.pdf,T\n") == first
    assert prints("file,title,year\na.pdf,T,\n") == first
    assert prints("file,title\na.pdf,U\n") != first
    assert prints("file,title\nb.pdf,U\n") == "0"


def test_an_entry_describes_one_document_and_several_stay_as_they_are(tmp_path: Path) -> None:
    said, bad = entry(tmp_path, title="T"), BadRecord("record 2", "x")

    assert [getattr(one, "title", None) for one in described(iter([BARE, bad]), said)] == [None, "T"]
    several = list(described(iter([BARE, bad, BARE, BARE]), said))
    assert [one for one in several if isinstance(one, Document)] == [BARE] * 3
    assert [one.where for one in several if isinstance(one, BadRecord)] == ["record 2", "manifest, row 1"]


def test_every_column_bears_on_the_entry(tmp_path: Path) -> None:
    plain = entry(tmp_path)
    values = FULL | {"year": "2018", "design": "cohort study", "license": "CC0"}
    assert set(values) == set(COLUMNS)

    for name in set(COLUMNS) - {"file"}:
        assert entry(tmp_path, **{name: values[name]}).sha256 != plain.sha256
