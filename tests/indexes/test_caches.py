"""Caches: damage is caught, and what can't be trusted is made anew. Every document is made up."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_kit import CountingEmbedder, ids, index, paper, write

from indexes import caches
from indexes.caches import opened, publish
from indexes.candidates import CandidateSearch
from indexes.library import Library
from indexes.lock import writer_lock
from indexes.manifest import CacheUnusable, Stamp, verified


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A library of ten documents, which no test changes."""
    folder = tmp_path_factory.mktemp("made")
    library = Library(folder / "library")
    index(library, write(folder / "a", *[paper(number, f"Finding {number}.") for number in range(10)]))
    return library


@pytest.fixture
def library(made, tmp_path):
    """A copy of that library."""
    return Library(shutil.copytree(made.folder, tmp_path / "library"))


def test_damaged_bytes_are_caught_wherever_they_are(made, tmp_path_factory):
    with made.reading() as now:
        stamp = now.stamp
    intact = made.folder / "caches" / "1"
    files = sorted(path.relative_to(intact) for path in intact.rglob("*") if path.is_file())
    files = [file for file in files if file.name != "manifest.json" and not file.name.endswith(".lock")]
    damaged = shutil.copytree(intact, tmp_path_factory.mktemp("damaged") / "1")

    @settings(max_examples=150, deadline=None)
    @given(
        file=st.sampled_from(files),
        where=st.floats(0, 1, exclude_max=True),
        kind=st.sampled_from(["flip", "zero", "cut", "longer", "gone"]),
    )
    def catches(file, where, kind):
        content = (intact / file).read_bytes()
        changed = _damaged(content, int(where * len(content)), kind)
        if changed == content:
            return
        _write(damaged / file, changed)
        with pytest.raises(CacheUnusable):
            verified(damaged, stamp, "vectors.faiss")
        _write(damaged / file, content)

    catches()
    assert verified(damaged, stamp, "vectors.faiss") == (intact / "vectors.faiss").read_bytes()


@pytest.mark.parametrize("victim", ["vectors.faiss", "manifest.json", "lexical/meta.json", "."])
def test_a_damaged_cache_is_rebuilt_and_serves_the_same(library, victim):
    before = ids(library, "finding 3")
    path = library.folder / "caches" / "1" / victim
    if victim == ".":
        shutil.rmtree(path)
    else:
        path.write_bytes(path.read_bytes()[:-7])

    assert ids(library, "finding 3") == before
    with library.reading() as now:
        assert verified(library.folder / "caches" / "1", now.stamp, "vectors.faiss")


def test_a_damaged_cache_is_rebuilt_in_private_while_a_writer_is_at_work(library):
    shutil.rmtree(library.folder / "caches" / "1")

    with writer_lock(library.folder), library.reading() as now:
        found = opened(library.folder, now.connection, now.stamp)

    assert found.lexical.best(["find"], 3)
    assert found.lexical.size == found.vectors.size == 10
    assert not (library.folder / "caches" / "1").exists()


def test_a_cache_of_a_batch_that_was_never_committed_is_not_trusted(library):
    manifest = library.folder / "caches" / "1" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"token": "0" * 32}))

    with library.reading() as now, pytest.raises(CacheUnusable, match="is of"):
        verified(manifest.parent, now.stamp, "vectors.faiss")
    with library.writing():
        assert verified(manifest.parent, now.stamp, "vectors.faiss")


def test_what_a_killed_writer_left_is_removed_by_the_next(library, tmp_path):
    folder = library.folder / "caches"
    shutil.copytree(folder / "1", folder / "2")
    shutil.copytree(folder / "1", folder / ".2-abc")

    with library.writing():
        pass

    assert [path.name for path in folder.iterdir()] == ["1"]


def test_the_next_generation_is_right_when_the_cache_before_is_damaged(library, tmp_path):
    path = library.folder / "caches" / "1" / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-1])

    index(library, write(tmp_path / "b", paper(77, "Embolisation.")))

    assert ids(library, "embolisation")[0] == "ref:made-up-77"
    assert library.coverage().passages == 11


@pytest.mark.parametrize("anew_up_to", [0, 5_000])
def test_caches_brought_forward_find_what_new_ones_find(library, tmp_path, monkeypatch, anew_up_to):
    monkeypatch.setattr(caches, "_LEXICAL_ANEW_UP_TO", anew_up_to)
    index(library, write(tmp_path / "b", paper(3, "Revised thrice."), paper(20, "Finding twenty.")))
    forward = _orders(library)
    with library.reading() as now:
        publish(library.folder, now.connection, now.stamp)

    assert _orders(library) == forward
    assert "ref:made-up-3" not in forward["finding"]


def test_a_generation_leaves_the_files_of_the_one_before_as_they_were(library, tmp_path, monkeypatch):
    monkeypatch.setattr(caches, "_LEXICAL_ANEW_UP_TO", 0)
    with library.reading() as now:
        index(library, write(tmp_path / "b", paper(3, "Revised."), paper(20, "Finding twenty.")))

        assert verified(library.folder / "caches" / "1", now.stamp, "vectors.faiss")


def test_a_stamp_of_another_size_is_refused(library):
    with library.reading() as now:
        wrong = Stamp(now.stamp.generation, now.stamp.token, 11, now.stamp.dim)
        with pytest.raises(CacheUnusable):
            publish(library.folder, now.connection, wrong)


def _orders(library):
    search = CandidateSearch(library, CountingEmbedder())
    found = {
        query: search.search([query]).found for query in ("finding", "revised thrice", "twenty", "study 5")
    }
    return {query: sorted(one.document.id for one in hits if one.lexical) for query, hits in found.items()}


def _damaged(content, where, kind):
    match kind:
        case "flip":
            return content[:where] + bytes([content[where] ^ 1]) + content[where + 1 :] if content else b""
        case "zero":
            return content[:where] + bytes(len(content[where : where + 64])) + content[where + 64 :]
        case "cut":
            return content[:where]
        case "longer":
            return content + b"x"
    return None


def _write(path, content):
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
