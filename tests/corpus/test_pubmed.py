"""PubMed XML. Records written out here are made up; real ones are compared with a second, plain reading."""

from __future__ import annotations

import gzip
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from corpus import pubmed
from corpus.appraisal import TITLE_ONLY
from corpus.quarantine import BadRecord
from corpus.reading import read
from rag.errors import UnreadableInput
from rag.types import Design, Document, Link, LinkKind, Section, Status

HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)


def record(pmid: str = "1", article: str = "", citation: str = "", data: str = "") -> str:
    if "<ArticleTitle>" not in article:
        article += "<ArticleTitle>A made-up title.</ArticleTitle>"
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>{article}</Article>{citation}"
        f"</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def read_all(*records: str, head: str = HEAD) -> list[Document | BadRecord]:
    text = f"{head}<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"
    return list(pubmed.read(io.BytesIO(text.encode()), "made-up.xml"))


def only(*args: str, **kwargs: str) -> Document:
    (found,) = read_all(record(*args, **kwargs))
    assert isinstance(found, Document)
    return found


def issue(date: str, electronic: str = "") -> str:
    return f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>{electronic}"


def ids(found: list[Document | BadRecord]) -> list[str]:
    return [one.id if isinstance(one, Document) else f"bad: {one.where}" for one in found]


def test_only_ids_of_the_article_itself_become_aliases() -> None:
    own = '<ArticleIdList><ArticleId IdType="doi">10.1/Own</ArticleId><ArticleId IdType="pmc">PMC7.1</ArticleId></ArticleIdList>'
    cited = '<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1234/other</ArticleId></ArticleIdList></Reference></ReferenceList>'
    own = own.replace("10.1/", "10.1000/")

    found = only(data=own + cited)

    assert (found.id, found.aliases) == ("pmid:1", ("doi:10.1000/Own", "pmcid:PMC7"))


def test_labels_of_the_abstract_become_headings_and_other_abstracts_are_left_out() -> None:
    abstract = (
        '<Abstract><AbstractText Label="BACKGROUND AND AIMS">One.</AbstractText><AbstractText>Two.</AbstractText>'
        "<CopyrightInformation>(c)</CopyrightInformation></Abstract>"
    )
    other = "<OtherAbstract><AbstractText>Eins.</AbstractText></OtherAbstract>"

    found = only(article=abstract, citation=other)

    assert found.sections == (Section("Background and aims", "One."), Section("Abstract", "Two."))


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("10<sup>9</sup>/L and 10<sup>-3</sup> M", "10⁹/L and 10⁻³ M"),
        ("CO<sub>2</sub> in <i>E. coli</i> of <b><u>5</u></b> kg/m<sup>2</sup>", "CO2 in E. coli of 5 kg/m²"),
        ("2<sup>x+1</sup>", "2^x+1"),
        ("p<sup>a</sup>", "pa"),
        ("a\n  b<!-- a comment --> c", "a b c"),
        ("1 &#181;g &amp; 2 &lt; 3", "1 µg & 2 < 3"),
        (
            '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math>',
            "1/2",
        ),
    ],
)
def test_markup_never_changes_a_number(markup: str, words: str) -> None:
    found = only(article=f"<Abstract><AbstractText>{markup}</AbstractText></Abstract>")

    assert found.sections[0].text == words


@pytest.mark.parametrize(
    ("article", "written"),
    [
        (issue("<Year>2019</Year><Month>Jul</Month><Day>3</Day>"), "2019-07-03"),
        (issue("<Year>1990</Year><Season>Spring</Season>"), "1990"),
        (issue("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>"), "1998-12"),
        (
            issue(
                "<Year>2019</Year>",
                "<ArticleDate><Year>2019</Year><Month>03</Month><Day>07</Day></ArticleDate>",
            ),
            "2019-03-07",
        ),
        (
            issue(
                "<Year>2020</Year>",
                "<ArticleDate><Year>2019</Year><Month>12</Month><Day>07</Day></ArticleDate>",
            ),
            "2020",
        ),
        ("<ArticleDate><Year>2019</Year><Month>12</Month><Day>07</Day></ArticleDate>", "2019-12-07"),
        ("", "None"),
    ],
)
def test_the_date_is_that_of_the_issue_as_far_as_it_is_known(article: str, written: str) -> None:
    assert str(only(article=article).published) == written


def test_authors_are_family_and_initials_or_a_group() -> None:
    authors = (
        '<AuthorList CompleteYN="N"><Author><LastName>Doe</LastName><Initials>JA</Initials><Suffix>Jr</Suffix></Author>'
        "<Author><LastName>Roe</LastName><ForeName>Mary-Ann B</ForeName></Author>"
        '<Author ValidYN="N"><LastName>Wrong</LastName></Author>'
        "<Author><CollectiveName>MADE-UP Group</CollectiveName></Author></AuthorList>"
    )

    found = only(article=authors)

    assert found.authors == ("Doe JA Jr", "Roe MAB", "MADE-UP Group")
    assert not found.authors_complete


@pytest.mark.parametrize(
    ("ref_type", "kinds", "status"),
    [
        ("RetractionIn", {LinkKind.RETRACTED_BY}, Status.RETRACTED),
        ("RetractionOf", {LinkKind.RETRACTS}, Status.CURRENT),
        ("ExpressionOfConcernIn", {LinkKind.CONCERN_BY}, Status.CONCERN),
        ("ExpressionOfConcernFor", {LinkKind.RAISES_CONCERN}, Status.CURRENT),
        ("ErratumIn", {LinkKind.CORRECTED_BY}, Status.CORRECTED),
        ("ErratumFor", {LinkKind.CORRECTS}, Status.CURRENT),
        ("RetractedandRepublishedIn", {LinkKind.RETRACTED_BY, LinkKind.REPUBLISHED_AS}, Status.RETRACTED),
        ("UpdateIn", {LinkKind.SUPERSEDED_BY}, Status.SUPERSEDED),
        ("UpdateOf", {LinkKind.SUPERSEDES}, Status.CURRENT),
        ("CommentOn", {LinkKind.COMMENT_ON}, Status.CURRENT),
        ("Cites", set(), Status.CURRENT),
    ],
)
def test_links_tell_what_a_record_says_of_others(ref_type: str, kinds: set[LinkKind], status: Status) -> None:
    other = f'<CommentsCorrections RefType="{ref_type}"><RefSource>J</RefSource><PMID>2</PMID></CommentsCorrections>'

    found = only(citation=f"<CommentsCorrectionsList>{other}</CommentsCorrectionsList>")

    assert set(found.links) == {Link(kind, "pmid:2") for kind in kinds}
    assert found.status is status


def test_a_link_without_pmid_keeps_its_doi_or_its_citation() -> None:
    sources = ("N Engl J Med. 2020. doi: 10.1056/NEJMc2021225.", "Lancet. 2020;1:1")
    others = "".join(
        f'<CommentsCorrections RefType="ErratumIn"><RefSource>{source}</RefSource></CommentsCorrections>'
        for source in sources
    )

    found = only(citation=f"<CommentsCorrectionsList>{others}</CommentsCorrectionsList>")

    assert [link.target for link in found.links] == ["doi:10.1056/NEJMc2021225", "Lancet. 2020;1:1"]


def test_a_notice_is_a_notice_and_still_stands() -> None:
    types = "<PublicationTypeList><PublicationType>Retraction of Publication</PublicationType></PublicationTypeList>"

    found = only(article=types)

    assert (found.design, found.status, found.level) == (Design.NOTICE, Status.CURRENT, None)


def test_the_trials_number_comes_from_the_record_else_from_the_abstract() -> None:
    bank = "<DataBankList><DataBank><AccessionNumberList><AccessionNumber>{}</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
    abstract = "<Abstract><AbstractText>Number {}.</AbstractText></Abstract>"

    assert only(article=bank.format("NCT00000479")).registry == "NCT00000479"
    assert only(article=bank.format("GSE1234")).registry is None
    assert only(article=abstract.format("ISRCTN12345678")).registry == "ISRCTN12345678"
    assert only(article=abstract.format("NCT00000479 and NCT00000480")).registry is None


def test_a_record_without_abstract_is_marked() -> None:
    assert only().notes == (TITLE_ONLY,)


def test_a_translated_title_keeps_its_brackets_and_a_missing_one_is_the_original() -> None:
    assert only(article="<ArticleTitle>[A title].</ArticleTitle>").title == "[A title]."
    vernacular = "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Ein Titel.</VernacularTitle>"
    assert only(article=vernacular).title == "Ein Titel."


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (record(pmid=""), "PMID ''"),
        (record(pmid="12x"), "PMID '12x'"),
        (record("2", article=issue("<Year>20l9</Year>")), "year '20l9'"),
        (record("2", article="<ArticleTitle></ArticleTitle>"), "neither title nor abstract"),
        ("<PubmedArticle><PubmedData/></PubmedArticle>", "no MedlineCitation"),
    ],
)
def test_a_record_that_cannot_be_used_costs_only_itself(bad: str, reason: str) -> None:
    first, refused, last = read_all(record("1"), bad, record("3"))

    assert ids([first, last]) == ["pmid:1", "pmid:3"]
    assert isinstance(refused, BadRecord)
    assert refused.where.startswith("record 2")
    assert reason in refused.reason


@pytest.mark.parametrize(
    "broken",
    [
        record("2").replace("</ArticleTitle>", ""),
        record("2").replace("made-up", "made & up"),
        record("2").replace("made-up", "\x02"),
        record("2").replace("</PubmedArticle>", ""),
    ],
)
def test_records_after_a_fault_of_the_xml_are_read(broken: str) -> None:
    found = read_all(record("1"), broken, record("3"), record("4"))

    assert ids(found) == ["pmid:1", "bad: record 2, PMID 2", "pmid:3", "pmid:4"]


def test_a_file_that_is_cut_short_keeps_its_whole_records() -> None:
    whole = f"{HEAD}<PubmedArticleSet>{record('1')}{record('2')}{record('3')}</PubmedArticleSet>".encode()
    second_ends = whole.index(b"<PMID>3") - 1

    for end in range(whole.index(b"<PMID>2"), len(whole) - 1, 7):
        found = list(pubmed.read(io.BytesIO(whole[:end]), "made-up.xml"))

        expected = ["pmid:1", "pmid:2"] if end > second_ends else ["pmid:1"]
        assert ids(found)[: len(expected)] == expected
        assert any(isinstance(one, BadRecord) for one in found)


def test_what_is_not_utf_8_costs_only_its_record() -> None:
    text = f"{HEAD}<PubmedArticleSet>{record('1')}{record('2')}{record('3')}</PubmedArticleSet>".encode()
    parts = text.split(b"A made-up")

    found = list(
        pubmed.read(
            io.BytesIO(
                b"\xff\xfe A made-up".join([b"A made-up".join(parts[:2]), *parts[2:3]])
                + b"A made-up"
                + parts[3]
            ),
            "x",
        )
    )

    assert ids(found) == ["pmid:1", "bad: record 2, PMID 2", "pmid:3"]


def test_an_entity_is_refused_and_never_expanded(tmp_path: Path) -> None:
    """Neither a file that it names nor its own text gets in; leaving it out would change a dose."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    head = f'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY mu "mg">]>'
    bad = [
        record(pmid, article=f"<ArticleTitle>5 &{name};</ArticleTitle>")
        for pmid, name in (("1", "x"), ("2", "mu"))
    ]

    *refused, last = read_all(*bad, record("3"), head=head)

    assert all(isinstance(one, BadRecord) and "entity" in one.reason for one in refused)
    assert ids([last]) == ["pmid:3"]


def test_an_entity_bomb_ends_at_once() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY l0 "ha">{laughs}]>'

    found = read_all(record("1", article="<ArticleTitle>&l9;</ArticleTitle>"), record("2"), head=head)

    assert ids(found) == ["bad: record 1, PMID 1", "pmid:2"]


def test_a_book_chapter_is_read() -> None:
    book = (
        "<PubmedBookArticle><BookDocument><PMID>9</PMID><Book><Publisher><PublisherName>A Press</PublisherName></Publisher>"
        "<BookTitle>A Book</BookTitle><PubDate><Year>2024</Year></PubDate></Book>"
        "<Abstract><AbstractText>Words.</AbstractText></Abstract></BookDocument></PubmedBookArticle>"
    )

    (found,) = read_all(book)

    assert isinstance(found, Document)
    assert (found.id, found.title, found.journal, found.year) == ("pmid:9", "A Book", "A Press", 2024)


def test_a_set_without_records_is_an_error() -> None:
    with pytest.raises(UnreadableInput, match="no PubMed record"):
        read_all()


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    packed = tmp_path / "pubmed.xml.gz"
    packed.write_bytes(gzip.compress(f"{HEAD}<PubmedArticleSet>{record('5')}</PubmedArticleSet>".encode()))

    assert ids(list(read(packed))) == ["pmid:5"]


def _plainly(file: Path) -> list[ET.Element]:
    return list(ET.parse(file).getroot().iter("PubmedArticle"))


def _bare(text: str) -> str:
    """Without white space, and with raised figures brought down, as a plain reading sees them."""
    lowered = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-"))
    return re.sub(r"[\s^/−-]", "", lowered)


def test_real_records_agree_with_a_plain_reading_field_by_field(shared: Path) -> None:
    files = sorted((shared / "data" / "pubmed_xml").rglob("*.xml"))
    assert len(files) > 90

    for file in files:
        for found, element in zip(list(read(file)), _plainly(file), strict=True):
            article = element.find("MedlineCitation/Article")
            assert isinstance(found, Document)
            assert article is not None
            assert found.id == f"pmid:{element.findtext('MedlineCitation/PMID')}"
            assert _bare(found.title) == _bare("".join(article.find("ArticleTitle").itertext()))
            year = article.findtext("Journal/JournalIssue/PubDate/Year")
            medline = article.findtext("Journal/JournalIssue/PubDate/MedlineDate") or ""
            assert found.year == int(year or medline[:4])
            assert list(found.publication_types) == [one.text for one in article.iter("PublicationType")]
            parts = article.findall("Abstract/AbstractText")
            assert len(_bare("".join(s.text for s in found.sections))) == len(
                _bare("".join("".join(part.itertext()) for part in parts))
            )
            assert len(found.authors) == len(article.findall("AuthorList/Author"))
            assert set(found.mesh_terms) == {one.text for one in element.iter("DescriptorName")}
            own = {one.text for one in element.findall("PubmedData/ArticleIdList/ArticleId[@IdType='doi']")}
            assert {alias[4:] for alias in found.aliases if alias.startswith("doi:")} >= own


def test_the_one_retracted_record_of_the_real_ones_is_told(shared: Path) -> None:
    files = sorted((shared / "data" / "pubmed_xml").rglob("*.xml"))

    found = [one for file in files for one in read(file) if isinstance(one, Document)]

    assert [one.id for one in found if one.retracted] == ["pmid:993"]
