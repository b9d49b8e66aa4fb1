"""Sections, tables, figures and lists of JATS. All texts are made up."""

from __future__ import annotations

import pytest
from lxml import etree

from corpus.jats_body import abstract_sections, body_sections
from corpus.jats_left_out import left_out
from corpus.jats_tables import MOST_COLUMNS, rows
from rag.types import Section

PARAGRAPH = "<p>Words.</p>"


def body(markup: str, around: str = "") -> tuple[Section, ...]:
    return body_sections(etree.fromstring(f"<article><body>{markup}</body>{around}</article>"))


def section(title: str, inner: str = PARAGRAPH, kind: str = "") -> str:
    return f'<sec sec-type="{kind}"><title>{title}</title>{inner}</sec>'


def lines(table: str) -> list[str]:
    return list(rows(etree.fromstring(f"<table>{table}</table>")))


def headings(markup: str, around: str = "") -> list[str]:
    return [one.heading for one in body(markup, around)]


def test_nested_sections_have_heading_paths_without_their_numbers() -> None:
    nested = section("2. METHODS", section("2.1. Participants") + section("siRNA mass."))

    assert headings(PARAGRAPH + nested) == ["", "Methods / Participants", "Methods / siRNA mass"]


def test_paragraphs_are_parted_by_a_blank_line_and_lists_are_paragraphs() -> None:
    found = body(
        "<p>One:<list><list-item><label>a.</label><p>first</p></list-item><list-item><label>•</label><p>second</p>"
        "</list-item></list>end</p><p>Two</p><def-list><def-item><term>AE</term><def><p>adverse event</p></def>"
        "</def-item></def-list>"
    )

    assert found == (Section("", "One:\n\na. first\n\nsecond\n\nend\n\nTwo\n\nAE: adverse event"),)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Competing interests", ""),
        ("Authors’ contributions", ""),
        ("AUTHOR CONTRIBUTIONS", ""),
        ("Acknowledgements and funding", ""),
        ("5. Acknowledgment", ""),
        ("Conflict of Interest Statement", ""),
        ("Availability of data and materials", ""),
        ("Data Availability", ""),
        ("Ethics approval and consent to participate", ""),
        ("List of abbreviations", ""),
        ("Pre-publication history", ""),
        ("Supporting Information", ""),
        ("Electronic supplementary material", ""),
        ("References", ""),
        ("Anything", "supplementary-material"),
        ("Anything", "COI-statement"),
    ],
)
def test_sections_that_are_no_evidence_are_left_out(title: str, kind: str) -> None:
    assert headings(section("Results") + section(title, PARAGRAPH, kind)) == ["Results"]


@pytest.mark.parametrize(
    "title",
    [
        "Materials",
        "Methods and materials",
        "Discussion",
        "Trial status",
        "Key messages",
        "Informed consent",
        "",
        "Support group",
    ],
)
def test_sections_that_are_evidence_stay(title: str) -> None:
    assert not left_out(title, "")


def test_references_and_what_else_stands_behind_the_body_are_not_read() -> None:
    back = (
        "<back><ack><p>Thanks.</p></ack><ref-list><ref><mixed-citation>A paper.</mixed-citation></ref></ref-list>"
        f"{section('Author details')}<app-group><app>{'<title>Items</title>' + PARAGRAPH}</app></app-group>"
        f"{section('Figures and Tables', PARAGRAPH, 'display-objects')}</back>"
        f"<sub-article><body>{PARAGRAPH}</body></sub-article><response><body>{PARAGRAPH}</body></response>"
    )

    assert headings(section("Results"), back) == ["Results", "Appendix / Items", "Figures and Tables"]


def test_a_table_is_its_caption_its_rows_and_its_notes_under_a_heading_of_its_own() -> None:
    table = (
        "<table-wrap><label>Table 1.</label><caption><title>Doses<sup>a</sup></title></caption><table><thead><tr>"
        "<th>Group</th><th>Dose (mg)</th></tr></thead><tbody><tr><td>Old</td><td>5</td></tr><tr><td>New</td><td>10"
        "</td></tr></tbody></table><table-wrap-foot><fn><label>a</label><p>Daily.</p></fn></table-wrap-foot></table-wrap>"
    )

    found = body(section("Results", f"<p>Before {table} after.</p>{PARAGRAPH}"))

    assert found == (
        Section("Results", "Before\n\nafter.\n\nWords."),
        Section(
            "Results / Table 1: Dosesᵃ",
            "Table 1. Dosesᵃ.\n\nOld; Dose (mg): 5\n\nNew; Dose (mg): 10\n\nDaily.",
        ),
    )


def test_a_figure_is_its_caption_and_a_box_its_text() -> None:
    figure = "<fig><label>Figure 2</label><caption><title>Flow</title><p>Of patients.</p></caption><graphic/></fig>"
    box = f"<boxed-text><caption><title>What is known</title></caption>{PARAGRAPH}</boxed-text>"

    found = body(section("Results", f"{figure}{box}{PARAGRAPH}"))

    assert [(one.heading, one.text) for one in found] == [
        ("Results", "Words."),
        ("Results / Figure 2", "Figure 2. Flow. Of patients."),
        ("Results / What is known", "Words."),
    ]


def test_tables_at_the_end_of_the_file_are_read() -> None:
    floats = "<floats-group><fig><label>Fig 1</label><caption><p>A curve</p></caption></fig></floats-group>"

    assert body("", floats) == (Section("Fig 1", "Fig 1. A curve."),)


def test_headings_over_several_columns_belong_to_each_of_them() -> None:
    head = "<thead><tr><th rowspan='2'>Outcome</th><th colspan='2'>Drug</th></tr><tr><th>Before</th><th>After</th></tr></thead>"

    assert lines(f"{head}<tbody><tr><td>Pain</td><td>5</td><td>3<sup>b</sup></td></tr></tbody>") == [
        "Pain; Drug, Before: 5; Drug, After: 3"
    ]


def test_a_row_that_names_rows_below_it_stands_alone_and_a_spanning_name_counts_for_each() -> None:
    found = lines(
        "<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody><tr><td colspan='3'>Primary</td></tr>"
        "<tr><td rowspan='2'>Pain</td><td>week 1</td><td>5</td></tr><tr><td>week 2</td><td>4</td></tr></tbody>"
    )

    assert found == ["Primary", "Pain; B: week 1; C: 5", "Pain; B: week 2; C: 4"]


def test_cells_are_never_glued_and_a_table_without_head_is_read() -> None:
    assert lines("<tr><td>a<break/>b</td><td><p>1</p><p>2</p></td></tr>") == ["a b; 1 2"]
    assert lines("<thead><tr><td>x</td><td>y</td></tr></thead>") == ["x; y"]


def test_a_span_that_cannot_be_is_not_believed() -> None:
    cell = f"<td colspan='{10**9}' rowspan='{10**9}'>{'word ' * 100}</td>"

    found = lines(f"<tr>{cell}</tr>" + "<tr><td>x</td></tr>" * 3)

    assert len(found) == 4
    assert all(len(line) < 1000 for line in found)
    assert MOST_COLUMNS < 1000


def test_abstracts_keep_their_parts_and_name_their_kind() -> None:
    meta = etree.fromstring(
        "<article-meta><abstract><sec><title>BACKGROUND:</title><p>One.</p></sec></abstract>"
        "<abstract abstract-type='plain-language-summary'><title>In short</title><p>Two.</p></abstract>"
        "<abstract abstract-type='executive-summary'><p>Three.</p></abstract>"
        "<abstract abstract-type='toc'><p>Line.</p></abstract><trans-abstract><p>Eins.</p></trans-abstract></article-meta>"
    )

    assert abstract_sections(meta) == (
        Section("Abstract / Background", "One."),
        Section("In short", "Two."),
        Section("Summary", "Three."),
    )


def test_a_translated_abstract_stands_in_for_a_missing_one() -> None:
    meta = etree.fromstring("<article-meta><trans-abstract><p>One.</p></trans-abstract></article-meta>")

    assert abstract_sections(meta) == (Section("Abstract", "One."),)
