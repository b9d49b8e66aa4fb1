"""Blocks of a web page: its headings and paragraphs in order, without what stands around them."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.html_words import INLINE, NEVER, collapsed, grade, with_raised, words_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_AROUND_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "dialog",
        "alertdialog",
        "search",
        "complementary",
        "menu",
        "menubar",
    }
)
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|nav|navbar|navigation|menu|sidebar|share|sharing|social|"
    r"newsletter|subscribe|advert(?:isement)?|ads|skip-?(?:link|nav|to)|site-?(?:header|footer)|page-?footer|toc|"
    r"pagination|popup|modal|print-only|sr-only|visually-hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_AROUND = 0.3  # share of the page's words: what holds more is no furniture, whatever its name
_MOSTLY_LINKS = 0.8
_FEWEST_LINKS = 3
_LONGEST_CELL = 400  # characters on average; a table of longer ones lays out the page


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph."""

    text: str
    level: int | None = None
    """1 to 6 for a heading."""


def blocks(page: LexborHTMLParser) -> Iterator[Block]:
    """Headings and paragraphs of the main part of a page in order.

    List items are paragraphs; the rows of a table too, each cell behind the head of its column.
    Scripts, navigation, notices about cookies and lists of links are left out. An image says its
    words only where they grade a recommendation.
    """
    if page.body is not None:
        walk = _Walk(len(page.body.text()))
        yield from walk.blocks(_main(page.body))


def _main(body: LexborNode) -> LexborNode:
    """What the page itself calls its main part, where that holds much of its words."""
    whole = len(body.text())
    for query in ("main, [role=main]", "article"):
        found = [node for node in body.css(query) if len(node.text()) > 0.2 * whole]
        if len(found) == 1:
            return found[0]
    return body


class _Walk:
    """One pass over the elements, without recursion, for pages may nest them without end."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._words = ""
        self._breaks = 0

    def blocks(self, root: LexborNode) -> Iterator[Block]:
        node: LexborNode | None = root
        inside = True
        while node is not None:
            if inside:
                inside = yield from self._entered(node, root)
                child = node.first_child if inside else None
                if child is not None:
                    node = child
                    continue
            yield from self._left(node)
            if node.mem_id == root.mem_id:
                break
            following = node.next
            inside = following is not None
            node = following if following is not None else node.parent
        yield from self._flushed()

    def _entered(self, node: LexborNode, root: LexborNode) -> Generator[Block, None, bool]:
        """Takes in a node; returns whether its children are to be visited."""
        tag = node.tag or ""
        if node.is_text_node:
            self._add(node.text_content or "")
            return False
        if not node.is_element_node or tag in NEVER or (node.mem_id != root.mem_id and self._is_around(node)):
            return False
        if tag in _HEADINGS:
            yield from self._flushed()
            if words := words_of(node):
                yield Block(words, int(tag[1]))
            return False
        if tag == "table" and (rows := _rows(node)):
            yield from self._flushed()
            yield from (Block(row) for row in rows)
            return False
        return (yield from self._inline_or_block(node, tag))

    def _inline_or_block(self, node: LexborNode, tag: str) -> Generator[Block, None, bool]:
        if tag == "sup":
            self._words = with_raised(self._words, node)
            return False
        if tag == "img":
            self._add(grade(node))
        elif tag == "br":
            self._breaks += 1
            self._words += " "
            if self._breaks > 1:
                yield from self._flushed()
        elif tag not in INLINE:
            yield from self._flushed()
        return True

    def _left(self, node: LexborNode) -> Iterator[Block]:
        if node.is_element_node and node.tag not in INLINE and node.tag != "br":
            yield from self._flushed()

    def _add(self, words: str) -> None:
        if words.strip():
            self._breaks = 0
        self._words += words

    def _flushed(self) -> Iterator[Block]:
        words, self._words, self._breaks = collapsed(self._words), "", 0
        if any(char.isalnum() for char in words):
            yield Block(words)

    def _is_around(self, node: LexborNode) -> bool:
        """Whether an element stands around the text: by its role, its name or its links."""
        attributes = node.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return node.tag not in INLINE or not node.text().strip()
        if node.tag in {"header", "footer"}:
            return node.css_first("h1") is None and not _within_text(node)
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if attributes.get("role") in _AROUND_ROLES or _AROUND_NAMES.search(named):
            return node.css_first("h1") is None and len(node.text()) < _MOST_AROUND * self._length
        return node.tag in {"ul", "ol"} and _is_list_of_links(node)


def _within_text(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in {"main", "article", "section", "blockquote"}:
            return True
        parent = parent.parent
    return False


def _is_list_of_links(node: LexborNode) -> bool:
    links = node.css("a[href]")
    if len(links) < _FEWEST_LINKS:
        return False
    linked = sum(len("".join(link.text().split())) for link in links)
    return linked >= _MOSTLY_LINKS * len("".join(node.text().split()))


def _rows(table: LexborNode) -> list[str]:
    """Each row as `header: cell; header: cell`; nothing for a table that only lays out the page."""
    rows = [[cell for cell in row.iter() if cell.tag in {"td", "th"}] for row in table.css("tr")]
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2 or table.css_first("table table") is not None:
        return []
    if sum(len(cell.text()) for cell in cells) > _LONGEST_CELL * len(cells) or max(map(len, rows)) < 2:
        return []
    caption = table.css_first("caption")
    heads = [words_of(cell) for cell in rows[0]] if all(cell.tag == "th" for cell in rows[0]) else []
    found = [words_of(caption)] if caption is not None else []
    for row in rows[1:] if heads and len(rows) > 1 else rows:
        words = [words_of(cell) for cell in row]
        named = len(words) == len(heads)
        pairs = zip(heads, words, strict=True) if named else (("", word) for word in words)
        found.append("; ".join(f"{head}: {word}" if head else word for head, word in pairs if word))
    return [row for row in found if row]
