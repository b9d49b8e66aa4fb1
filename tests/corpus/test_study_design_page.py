"""The page that clinicians read has the rows that the code goes by."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.design_tables import HEADING_ROWS, LEVEL_ROWS, TYPE_ROWS
from corpus.population import HEADINGS
from rag.types import Design

PAGE = (Path(__file__).parents[2] / "docs/study-design.md").read_text(encoding="utf-8")


def rows_under(heading: str) -> list[list[str]]:
    """The cells of the table in a part of the page, without its head."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_design_has_its_level_and_a_source():
    expected = [
        [design.value, str(int(row.level)) if row.level else "–", row.source]
        for design, row in LEVEL_ROWS.items()
    ]

    assert rows_under("Design to level") == expected
    assert set(LEVEL_ROWS) == set(Design)
    assert all(row.source for row in LEVEL_ROWS.values())


def test_every_set_of_types_has_its_design_and_a_source():
    expected = [
        [
            str(number),
            " + ".join(sorted(row.types)),
            row.design.value + (" (a guess)" if row.a_guess else ""),
            ", ".join(sorted(design.value for design in row.refined_to)) or "–",
            row.source,
        ]
        for number, row in enumerate(TYPE_ROWS, 1)
    ]

    assert rows_under("Publication types to design") == expected
    assert all(row.source for row in TYPE_ROWS)


def test_every_heading_has_its_design():
    assert rows_under("Headings to design") == [[name, design.value] for name, design in HEADING_ROWS]


def test_every_group_has_its_headings():
    written = {
        group: {name.lower() for name in re.split(r";\s*", names)}
        for group, names, _ in rows_under("Whom it was done on")
    }

    assert written == {group.value: names for group, names in HEADINGS.items()}


def test_no_row_of_types_hides_a_later_one():
    for number, row in enumerate(TYPE_ROWS):
        assert not [earlier for earlier in TYPE_ROWS[:number] if earlier.types <= row.types], row.types
