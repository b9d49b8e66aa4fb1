"""Hostile and broken files beside good ones. All but those of the shared sets are made up."""

from __future__ import annotations

import gzip
import io
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.isolation import IsolatedReader
from corpus.reading import find_inputs
from rag.errors import UnreadableInput
from rag.types import Document

GOOD = b'{"id": "ref:good", "title": "A made-up good one"}\n'
RECORD = (
    b"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>%s</ArticleTitle></Article>"
    b"</MedlineCitation></PubmedArticle>"
)
CANARY = "canary-of-a-secret-file"
LONGEST = 60.0  # seconds that one file may cost


@pytest.fixture(scope="module")
def reader():
    with IsolatedReader() as isolated:
        yield isolated


@pytest.fixture
def secret(tmp_path):
    """A file that no input may reach."""
    path = tmp_path / "outside" / "secret"
    path.parent.mkdir()
    path.write_text(CANARY, encoding="utf-8")
    return path


def pubmed(title: bytes, doctype: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?>' + doctype + b"<PubmedArticleSet>" + RECORD % title + b"</PubmedArticleSet>"
    )


def laughs(depth: int) -> bytes:
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, depth)]
    return b"<!DOCTYPE PubmedArticleSet [" + b"".join(lines) + b"]>"


def zipped(names: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return made.getvalue()


def linked(target: Path) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            link = tarfile.TarInfo("link.jsonl")
            link.type, link.linkname = kind, str(target)
            archive.addfile(link)
    return made.getvalue()


HOSTILE = {
    "billion laughs": pubmed(b"&a9;", laughs(10)),
    "quadratic blow-up": pubmed(b"&a;" * 50_000, b'<!DOCTYPE x [<!ENTITY a "' + b"A" * 50_000 + b'">]>'),
    "deep markup": b"<PubmedArticleSet>" + b"<a>" * 100_000,
    "deep record": pubmed(b"<i>" * 50_000 + b"</i>" * 50_000),
    "deep JSON": b'{"title": ' + b"[" * 500_000,
    "deep JSON list": b"[" * 500_000,
    "deep BibTeX": b"@article{a, title = {" + b"{" * 100_000,
    "deep Markdown": b"---\ntitle: Made up\n---\n" + b">" * 20_000 + b" word",
    "YAML aliases": b"---\na: &a [x]\nb: &b [*a, *a]\ntitle: *b\n---\nMade up.",
    "gzip bomb": gzip.compress(gzip.compress(b"\0" * 2**28)),
    "zip bomb": zipped({"bomb.xml": b" " * 2**28}),
    "zip of a path outside": zipped({"../../../../etc/evil.jsonl": GOOD, "/etc/evil": GOOD}),
    "cut zip": zipped({"a.jsonl": GOOD * 50})[:60],
    "cut gzip": gzip.compress(GOOD * 50)[:40],
    "cut PDF": b"%PDF-1.7\n1 0 obj << /Length 99999999999 >> stream\n",
    "UTF-16 called UTF-8": b'<?xml version="1.0" encoding="UTF-8"?>' + pubmed(b"x").decode().encode("utf-16"),
    "unknown encoding": pubmed(b"x").replace(b'"1.0"?', b'"1.0" encoding="made-up"?'),
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-PubmedArticleSet+AD4-',
    "Latin 1": pubmed("naïve ".encode("latin-1") * 3),
    "zeros": bytes(2**20),
    "one endless line": b'{"title": "' + b"word " * 2**22,
    "commas": b"title,abstract\n" + b"," * 2**20,
    "half a surrogate": b'{"title": "\\ud800"}',
    "nothing": b"",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_costs_no_more_than_itself(reader, tmp_path, kind):
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.write_bytes(HOSTILE[kind])
    good.write_bytes(GOOD)
    begun = time.monotonic()

    ids(reader, bad)

    assert time.monotonic() - begun < LONGEST
    assert ids(reader, good) == ["ref:good"]


@pytest.mark.parametrize("scheme", ["file://", ""])
def test_an_external_entity_is_not_read(reader, tmp_path, secret, scheme):
    file = tmp_path / "a.xml"
    where = f"{scheme}{secret}".encode()
    file.write_bytes(pubmed(b"Title &x;", b'<!DOCTYPE x [<!ENTITY x SYSTEM "' + where + b'">]>'))

    assert CANARY not in everything(reader, file)


def test_what_an_archive_links_to_is_not_read(reader, tmp_path, secret):
    file = tmp_path / "a.tar"
    file.write_bytes(linked(secret))

    assert CANARY not in everything(reader, file)


def test_a_link_out_of_the_inputs_is_no_input(tmp_path, secret):
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "link").symlink_to(secret)
    (folder / "folder").symlink_to(secret.parent)

    assert find_inputs([folder], recursive=True) == []


@given(
    content=st.binary(max_size=200), start=st.sampled_from([b"", *(made[:300] for made in HOSTILE.values())])
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_reason(reader, tmp_path_factory, content, start):
    file = tmp_path_factory.getbasetemp() / "any"
    file.write_bytes(start + content)

    assert "reading it failed" not in everything(reader, file)
    assert "ended the process" not in everything(reader, file)


def test_no_shared_malformed_file_ends_the_process_or_stops_those_beside_it(reader, shared, tmp_path):
    good = tmp_path / "good"
    good.write_bytes(GOOD)
    for file in find_inputs([shared / "data" / "sec_malformed"], recursive=True):
        begun = time.monotonic()

        said = everything(reader, file)

        assert time.monotonic() - begun < LONGEST
        assert "ended the process" not in said
        assert "reading it failed" not in said
        assert ids(reader, good) == ["ref:good"]


def ids(reader: IsolatedReader, path: Path) -> list[str]:
    try:
        return [one.id for one in reader.read(path) if isinstance(one, Document)]
    except UnreadableInput:
        return []


def everything(reader: IsolatedReader, path: Path) -> str:
    """All that is read of a file, and all that is said of it."""
    try:
        return "\n".join(map(repr, reader.read(path)))
    except UnreadableInput as error:
        return str(error)
