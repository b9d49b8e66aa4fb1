"""Real articles in JATS XML, compared with a second, plain reading."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from corpus import jats
from corpus.quarantine import BadRecord


def _plainly(file: Path) -> tuple[set[str], set[str]]:
    """Ids of the article itself, and of all else that it names, bare and in lower case."""
    root = ET.parse(file).getroot()
    own = {(one.text or "").strip().lower() for one in root.findall("front/article-meta/article-id")}
    cited = {(one.text or "").strip().lower() for tag in ("pub-id", "ext-link") for one in root.iter(tag)}
    for one in root.iter("related-article"):
        cited.add((one.get("{http://www.w3.org/1999/xlink}href") or "").removeprefix("info:doi/").lower())
    return own, cited - own


def test_no_real_article_has_an_id_or_a_text_of_its_references(shared: Path) -> None:
    files = sorted((shared / "data" / "jats_mix").rglob("*.*ml"))
    assert len(files) == 49
    refused = []

    for file in files:
        with file.open("rb") as stream:
            (found,) = jats.read(stream, str(file))
        if isinstance(found, BadRecord):
            refused.append(file.name)
            continue
        own, cited = _plainly(file)
        ids = {re.sub(r"^(?:pmid|doi|pmcid):(?:PMC)?", "", one).lower() for one in (found.id, *found.aliases)}
        assert ids <= own
        assert not ids & cited
        words = "\n".join(section.text for section in found.sections)
        references = ET.parse(file).getroot().findall("back/ref-list/ref")
        titles = [
            " ".join("".join(one.itertext()).split())
            for ref in references
            for one in ref.iter("article-title")
        ]
        assert not [title for title in titles if len(title) > 60 and title in words]

    assert refused == ["xmlio_output_convert_xlink.xml"]


def test_titles_years_and_paragraphs_of_real_articles_agree_with_a_plain_reading(shared: Path) -> None:
    for file in sorted((shared / "data" / "jats_mix").rglob("*.*ml")):
        with file.open("rb") as stream:
            (found,) = jats.read(stream, str(file))
        root = ET.parse(file).getroot()
        if isinstance(found, BadRecord):
            continue
        title = root.find("front/article-meta/title-group/article-title")
        assert title is not None
        letters = re.sub(r"\W", "", "".join(title.itertext()))
        assert re.sub(r"\W", "", found.title)[:20] == letters[:20]
        assert str(found.year) in {one.text for one in root.iterfind("front/article-meta/pub-date/year")}
        evidence = [
            one
            for one in root.iterfind("body/sec")
            if not re.search(r"contribution|funding|acknowledg", (one.findtext("title") or "").lower())
        ]
        long = [
            one
            for part in evidence
            for one in part.iterfind("p")
            if len(one) == 0 and len(one.text or "") > 200
        ]
        text = "\n".join(section.text for section in found.sections)
        assert all(" ".join((one.text or "").split()) in text for one in long[:5])
