"""What a PDF says of itself in its metadata (XMP), where that names the document's DOI."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.dates import iso_date
from corpus.ids import distinct, doi_id
from corpus.stretches import HARDENED
from rag.types import PublicationDate

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPENS, _CLOSES = b"<x:xmpmeta", b"</x:xmpmeta>"
_LARGEST = 2**20  # bytes of one packet; the largest have some tens of thousands
_MOST = 64  # packets that name a DOI; figures have packets of their own, without one
_DC = "http://purl.org/dc/elements/1.1/"
_PRISM = "http://prismstandard.org/namespaces/"
_NAME_A_DOI = (_PRISM, "http://ns.adobe.com/pdfx/", "http://crossref.org/crossmark/")
_DATES = ("publicationDate", "coverDate")


@dataclass(frozen=True, slots=True)
class Described:
    """What the publisher wrote into the file; empty where it says nothing."""

    dois: tuple[str, ...] = ()
    """`doi:…`, each once; of several, nobody knows which is the document's, and the rest stays empty."""
    title: str = ""
    authors: tuple[str, ...] = ()
    """As they are written, in their order."""
    journal: str | None = None
    published: PublicationDate | None = None


def described(content: bytes | bytearray) -> Described:
    """What the packets of metadata say that name a DOI; those of figures within the file don't.

    Only packets that lie open in the file are seen, as publishers write them.
    """
    packets = [(_dois(packet), packet) for packet in _packets(content)]
    dois = distinct(doi for named, _ in packets for doi in named)
    if len(dois) != 1:
        return Described(dois)
    packet = next(packet for named, packet in reversed(packets) if named)
    return Described(
        dois,
        " ".join(_values(packet, _DC, "title")[:1]),
        tuple(_values(packet, _DC, "creator")),
        next(iter(_values(packet, _PRISM, "publicationName")), None),
        next(_published(packet), None),
    )


def _packets(content: bytes | bytearray) -> Iterator[_Element]:
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    start, parsed = content.find(_OPENS), 0
    while start >= 0 and parsed < _MOST:
        end = content.find(_CLOSES, start, start + _LARGEST)
        if end >= 0 and b"10." in (packet := bytes(content[start : end + len(_CLOSES)])):
            parsed += 1
            with suppress(XMLSyntaxError, ValueError):
                yield fromstring(packet, XMLParser(**HARDENED))
        start = content.find(_OPENS, max(end, start) + 1)


def _dois(packet: _Element) -> tuple[str, ...]:
    named = [
        value for space in _NAME_A_DOI for name in ("doi", "DOI") for value in _values(packet, space, name)
    ]
    named += [value for value in _values(packet, _DC, "identifier") if "10." in value]
    return distinct(doi for value in named if (doi := doi_id(value)))


def _values(packet: _Element, space: str, name: str) -> list[str]:
    """Values of a property, written as an element, as items of a list in one, or as an attribute.

    Args:
        packet: the metadata.
        space: what the namespace begins with; its version follows.
        name: of the property.
    """
    found: list[str] = []
    for element in packet.iter("{*}*"):
        written, _, local = str(element.tag).removeprefix("{").partition("}")
        if local == name and written.startswith(space):
            found += ["".join(item.itertext()) for item in element.iter("{*}li")] or [element.text or ""]
        found += [
            str(value)
            for key, value in element.attrib.items()
            if str(key).startswith(f"{{{space}") and str(key).endswith(f"}}{name}")
        ]
    return [plain for value in found if (plain := " ".join(value.split()))]


def _published(packet: _Element) -> Iterator[PublicationDate]:
    for name in _DATES:
        for value in _values(packet, _PRISM, name):
            try:
                yield iso_date(value)
            except ValueError:
                continue
