"""The library is the same whatever the order in which inputs come. Every record in here is made up."""

from __future__ import annotations

import random
from datetime import date

import pytest
from library_kit import CountingEmbedder, index, paper, write

from indexes.library import Library
from rag.types import Design, PublicationDate, Section, Status

TITLE = "A made-up randomised comparison of dromedaril with placebo for night cramps"


def record(name, *aliases, text="Cramps were halved.", **fields):
    known = {"title": TITLE, "authors": ("Doe JA",), "published": PublicationDate(2021)}
    sections = (Section("Abstract", text),) if text else ()
    return paper(id=name, aliases=aliases, sections=sections, **(known | fields))


SETS = {
    "three doors": (
        record("pmid:1", "doi:10.1000/X", mesh_terms=("Cramp",), revised=date(2024, 1, 1)),
        record("doi:10.1000/x", text="", volume="7"),
        record("pmcid:PMC1", "doi:10.1000/x", text="Cramps were halved by dromedaril. " * 250),
    ),
    "a bridge": (
        record("pmid:1", title="One"),
        record("doi:10.1000/x", title="Two", text="Another text."),
        record("pmcid:PMC1", "pmid:1", "doi:10.1000/x", title="Three"),
    ),
    "revisions": (
        record("pmid:1", "doi:10.1000/old", text="The oldest text of all.", revised=date(2024, 1, 1)),
        record("pmid:1", text="Newest.", revised=date(2024, 3, 1), status=Status.RETRACTED),
        record("pmid:1", text="In between.", revised=date(2024, 2, 1), keywords=("cramp",)),
    ),
    "by title": (
        record("pmid:1", journal="J Made Up Med"),
        record("sha256:2", journal="Journal of Made Up Medicine", text="Longer than the abstract of it."),
        record("doi:10.1000/x", journal=None, text=""),
    ),
    "in doubt": (
        record("pmid:1", text="Of the first."),
        record("sha256:2", text="Of either of the two."),
        record("pmid:3", text="Of the other one."),
        record("doi:10.1000/x", title="Another one altogether"),
    ),
    "a notice with the DOI of its paper": (
        record("pmid:5", "doi:10.1000/x"),
        record("pmid:2", "doi:10.1000/x", title="Retraction", design=Design.NOTICE),
        record("doi:10.1000/x", title="From elsewhere", text="The text from elsewhere is longer."),
    ),
    "digests": (
        record("pmid:1", digest=True, text="A digest that is longer than the text."),
        record("pmid:1", text=""),
        record("pmid:1", "doi:10.1000/x", text="The text."),
    ),
}


@pytest.mark.parametrize("name", SETS)
def test_the_order_of_inputs_does_not_matter(tmp_path, name):
    records = list(SETS[name])
    files = [write(tmp_path / f"{number}", one) for number, one in enumerate(records)]

    found = [content(Library(tmp_path / "in order"), files)]
    for number in range(5):
        random.Random(number).shuffle(files)
        found.append(content(Library(tmp_path / f"shuffled {number}"), files, at_once=bool(number % 2)))

    assert all(one == found[0] for one in found)


def test_a_record_that_fits_two_is_told_from_both_once_the_second_is_there(library, tmp_path):
    first, unsure, second = (write(tmp_path / f"{n}", one) for n, one in enumerate(SETS["in doubt"][:3]))
    index(library, first)
    index(library, unsure)
    together = library.coverage().documents

    index(library, second)

    assert [together, library.coverage().documents] == [1, 3]
    assert library.document("sha256:2").sections[0].text == "Of either of the two."


def test_a_bridge_that_is_taken_back_parts_what_it_joined(library, tmp_path):
    bridge = tmp_path / "c"
    first, second, third = SETS["a bridge"]
    index(library, write(tmp_path / "a", first), write(tmp_path / "b", second), write(bridge, third))
    together = library.coverage().documents

    index(library, write(bridge, record("pmcid:PMC1", "pmid:1", title="Three")))

    assert [together, library.coverage().documents] == [1, 2]
    assert library.document("doi:10.1000/x").sections[0].text == "Another text."


def test_reading_the_same_folder_again_changes_nothing(library, tmp_path):
    files = [write(tmp_path / f"{n}", one) for n, one in enumerate(r for s in SETS.values() for r in s)]
    index(library, *files)
    before = library.coverage()

    # A blank line at the end has each file read again.
    for file in files:
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    index(library, *files)

    assert library.coverage().documents == before.documents


def content(library, files, at_once=True):
    for lot in [files] if at_once else [[file] for file in files]:
        index(library, *lot)
    with library.reading() as now:
        names = [row[0] for row in now.connection.execute("SELECT id FROM documents ORDER BY id")]
        cut = "SELECT count(*) FROM passages p JOIN vectors v ON v.key = p.vector"
        searchable = now.connection.execute(cut).fetchone()[0]
        assert searchable == now.coverage.passages
    return [(library.document(name), library.passages_of(name)) for name in names]


def test_two_digests_of_one_paper_are_put_together(library, tmp_path):
    digests = [record(name, text=name, digest=True) for name in ("pmid:1", "ref:elsewhere")]
    index(library, *(write(tmp_path / f"{n}", one) for n, one in enumerate(digests)))

    assert {one.text for one in library.document("pmid:1").sections} == {"pmid:1", "ref:elsewhere"}


def test_a_digest_that_moved_to_another_file_is_replaced(library, tmp_path):
    first = write(tmp_path / "a", record("pmid:1", text="An older and longer digest.", digest=True))
    index(library, first)
    first.unlink()

    index(library, write(tmp_path / "b", record("pmid:1", text="A newer one.", digest=True)))

    assert [one.text for one in library.document("pmid:1").sections] == ["A newer one."]


def test_a_text_that_waits_behind_another_outlasts_a_change_of_the_model(library, tmp_path):
    from indexes.build import rebuild

    embedder = CountingEmbedder("another")
    longer = record("pmid:1", text="The longer of the two texts.")
    first = write(tmp_path / "a", longer)
    index(library, first, write(tmp_path / "b", record("pmid:1", text="The shorter.")))
    rebuild(library, embedder)

    index(library, write(first, record("pmid:1", text="")), embedder=embedder)

    assert library.document("pmid:1").sections[0].text == "The shorter."
