"""JATS XML of any size: an article, or a set of them as PubMed Central gives it, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from corpus.formats import root_of
from corpus.jats_record import document
from corpus.quarantine import BadRecord
from corpus.stretches import HARDENED, stretches
from corpus.text_lines import head_text
from rag.errors import UnreadableInput
from rag.types import Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST_ARTICLE = 64 * 2**20
"""Bytes of one article of a file that isn't well-formed; the longest real one that was tried has 1 MiB."""

_SETS = frozenset({"pmc-articleset", "articles", "article-set", "OAI-PMH", "records"})
_SIGNS = re.compile(
    r"<(?:[\w.-]+:)?(?:article-meta|journal-meta|front)[\s>]|\barticle-type=|\bdtd-version=|\b(?:JATS|NLM)\b"
)
_ARTICLE = re.compile(r"<(?:[\w.-]+:)?article[\s>]")
_STRETCHES = stretches("article", LONGEST_ARTICLE)
_PREFIXES = (
    b'<set xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ali="http://www.niso.org/schemas/ali/1.0/">'
)


def looks_like(head: bytes) -> bool:
    """Whether `head`, the first 64 KiB of a file, is the start of JATS or NLM XML."""
    words = head_text(head)
    root = (root_of(words) or "").rpartition(":")[2] if words.startswith("<") else ""
    if _SIGNS.search(words) is None or "docbook.org/ns" in words[:4096]:
        return False
    return root == "article" or (root in _SETS and _ARTICLE.search(words) is not None)


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """Documents of the articles of `stream`, in order, and a `BadRecord` for each that can't be used.

    An article that can't be used costs only itself. Where the file stops being well-formed XML, the
    articles before the fault are kept, and those after it are found by their tags and read one by one.

    Args:
        stream: can be set back to its start; read in blocks, an article at a time.
        source: what `Document.source_path` says.

    Raises:
        UnreadableInput: not even one article could be found.
    """
    number = 0
    try:
        for article in _articles(stream):
            number += 1
            yield _converted(article, number, source)
    except SyntaxError as error:  # of lxml
        yield from _recovered(stream, number, source, str(error))
    else:
        if not number:
            raise UnreadableInput(f"{source} has no JATS article in it; fetch it again with its articles")


def _articles(stream: IO[bytes]) -> Iterator[Element]:
    from lxml.etree import iterparse

    for _, article in iterparse(stream, tag=("{*}article",), **HARDENED):
        if next(article.iterancestors("{*}article"), None) is not None:
            # The closing tag of the outer one is missing: it must not swallow those that follow.
            raise SyntaxError("an article stands inside another")
        yield article
        article.clear()
        if (parent := article.getparent()) is not None:
            while article.getprevious() is not None:
                del parent[0]


def _converted(article: Element, number: int, source: str) -> Document | BadRecord:
    try:
        return document(_without_namespace(article), source)
    except ValueError as error:
        return BadRecord(_where(article, number), str(error))
    except RecursionError:
        return BadRecord(
            _where(article, number), "its elements are nested too deeply to be read; make it simpler"
        )


def _without_namespace(article: Element) -> Element:
    """`article` with the plain names of JATS, where a file puts these into a namespace."""
    if article.tag != "article":
        namespace = article.tag.rpartition("}")[0] + "}"
        for element in article.iter():
            if isinstance(element.tag, str):
                element.tag = element.tag.removeprefix(namespace)
    return article


def _where(article: Element, number: int) -> str:
    for one in article.iterfind("front/article-meta/article-id"):
        if (words := (one.text or "").strip()) and one.get("pub-id-type") in {"pmc", "pmcid", "pmid", "doi"}:
            return f"article {number}, {one.get('pub-id-type')} {words}"
    return f"article {number}"


def _recovered(stream: IO[bytes], done: int, source: str, fault: str) -> Iterator[Document | BadRecord]:
    """What can be read of a file that isn't well-formed, without the first `done` articles."""
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    stream.seek(0)
    number, bad = 0, 0
    for number, stretch in enumerate(_STRETCHES.of(stream), start=1):
        if number <= done:
            continue
        try:
            found = fromstring(_PREFIXES + stretch + b"</set>", XMLParser(encoding="utf-8", **HARDENED))
            yield _converted(found[0], number, source)
        except XMLSyntaxError as error:
            bad += 1
            yield BadRecord(f"article {number}", f"not well-formed XML: {error.msg}; fetch it again")
    if not number:
        raise UnreadableInput(f"{source} is not well-formed XML: {fault}; fetch it again")
    if not bad:
        yield BadRecord(
            f"after article {done}", f"the file is not well-formed XML: {fault}; its whole articles were kept"
        )
