"""Sections of an article that are no evidence: by their heading, or by the type that the markup gives them."""

from __future__ import annotations

import re

# What a heading says, or each part of it between "and", commas and slashes.
_HEADINGS = re.compile(
    "|".join(  # noqa: FLY002  # a row a subject
        (
            # thanks, money, interests
            r"acknowled?ge?ments?|grants?|sponsor(?:s|ship)?|guarantors?",
            r"(?:study |research )?funding(?: (?:sources?|statement|information|support|disclosure))?",
            r"(?:sources?|role) of (?:the )?(?:study )?(?:funding(?: sources?)?|funders?|sponsors?|support)",
            r"(?:financial|grant|funding) (?:support|disclosures?|interests?)(?: statement)?",
            r"(?:potential )?conflicts? of interests?(?: (?:statement|disclosures?|notification))?",
            r"(?:declarations? of )?(?:conflicting|competing|financial|conflict of) (?:financial )?interests?(?: statement)?",
            r"(?:disclosures?|declarations?|statements?)(?: statement| of (?:potential )?(?:conflicts? of )?interests?)?",
            # people
            r"(?:authors?'?s? |author's )?(?:contributions?|contributors?|contributorship)(?: statement| of authors)?",
            r"(?:authors?|author's|authors') (?:information|details|roles?|statements?|notes?|affiliations?)",
            r"about the authors?|correspondence|orcid|group information|collaborators|reviewers?|(?:.* )?investigators|contribution to authorship",
            # data and files
            r"(?:data|code|software|materials?) (?:availability|accessibility|sharing|access|deposition)(?: statement)?",
            r"availability(?: of (?:supporting )?(?:data|materials?|code|software))?",
            r"(?:electronic |online )?(?:supplement(?:ary|al)|supporting) (?:materials?|data|information|files?|content|figures?|tables?)",
            r"(?:online )?supplements?|supplementary|additional (?:files?|information|points)|multimedia appendi(?:x|ces)(?: \w+)?",
            r"authors?'? original submitted files for images|pre-?publication history|web resources|associated content",
            # ethics as boilerplate
            r"(?:details of )?ethics(?: statement| approval| committee approval)?|ethical (?:approval|statement)",
            r"consent(?: for publication| to participate| to publish)?|human and animal rights(?: .*)?",
            r"statement of (?:ethics|human rights|animal rights)|(?:human|animal) rights",
            # apparatus
            r"references?|bibliography|literature cited|further reading|endnotes?|footnotes?|notes?|glossary",
            r"(?:list of )?(?:non-?standard )?abbreviations?(?: used| list)?|(?:publisher's|editor's) notes?|disclaimers?",
            r"provenance|(?:external )?peer review(?: information| history)?|transparency|copyright(?: .*)?|licen[cs]e|open access",
            r"how to cite this article|article information",
        )
    )
)
# What such a heading may add after "and".
_ADDED = re.compile(
    r"(?:supporting )?(?:data|materials?|code|software|resources)|(?:other )?support|publication"
)
_TYPES = frozenset(
    """supplementary-material supplementary-materials coi-statement coi
    conflict conflict-of-interest competing-interests ack acknowledgement acknowledgements acknowledgments funding
    financial-disclosure disclosure data-availability data-availability-statement author-contributions contributions
    additional-information ethics-statement ethics abbreviations ref-list references associated-data""".split()
)
# What of the matter behind the body is evidence; all else there is apparatus.
_BEHIND = re.compile(
    r"(?:conclusions?|discussion|results?|(?:materials and )?methods|key (?:messages|points)|limitations|summary"
    r"|figures and tables|tables and figures|(?:online )?append(?:ix|ices)\b.*)"
)
_NUMBERING = re.compile(
    r"^(?:[1-9]\d?(?:\.\d{1,2})*\.|[1-9]\d?(?:\.\d{1,2})+|[IVX]{1,5}\.)\s+(?=[A-Z][A-Za-z])"
)
_PARTS = re.compile(r"\s*(?:,| and | or |&|/|;)\s*")


def left_out(heading: str, kind: str) -> bool:
    """Whether a section is left out: thanks, funding, interests, files, abbreviations, references and the like.

    Args:
        heading: as the article has it; empty where there is none.
        kind: its `sec-type`; empty where there is none.
    """
    if kind.strip().lower() in _TYPES:
        return True
    words = _plain(heading)
    parts = [part for part in _PARTS.split(words) if part]
    if not parts:
        return False
    first, *others = parts
    return _HEADINGS.fullmatch(words) is not None or (
        _HEADINGS.fullmatch(first) is not None
        and all(_HEADINGS.fullmatch(part) or _ADDED.fullmatch(part) for part in others)
    )


def evidence_behind(heading: str, kind: str) -> bool:
    """Whether a section behind the body belongs to the article's evidence, as figures and appendices do."""
    shown = kind.strip().lower() == "display-objects"
    return not left_out(heading, kind) and (shown or _BEHIND.fullmatch(_plain(heading)) is not None)


def unnumbered(heading: str) -> str:
    """A heading without its number: `2.1. Study design` is `Study design`."""
    return _NUMBERING.sub("", heading)


def _plain(heading: str) -> str:
    return unnumbered(heading).lower().replace("’", "'").strip(" .:*")
