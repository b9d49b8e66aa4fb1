"""Languages of documents: one code for every way in which a source or a reader names one."""

from __future__ import annotations

# MEDLINE's code (ISO 639-2/B), ISO 639-1, and the English name; what isn't here stands as it is given.
_LANGUAGES = """
eng en english, ger de german, fre fr french, spa es spanish, por pt portuguese, ita it italian, dut nl dutch,
rus ru russian, chi zh chinese, jpn ja japanese, kor ko korean, pol pl polish, tur tr turkish, cze cs czech,
hun hu hungarian, swe sv swedish, nor no norwegian, dan da danish, fin fi finnish, gre el greek, heb he hebrew,
ara ar arabic, per fa persian, ukr uk ukrainian, rum ro romanian, hrv hr croatian, srp sr serbian, slv sl slovenian,
slo sk slovak, bul bg bulgarian, lit lt lithuanian, lav lv latvian, est et estonian, cat ca catalan,
ind id indonesian, tha th thai, vie vi vietnamese, hin hi hindi, afr af afrikaans, ice is icelandic
"""
# ISO 639-2/T, where it isn't the same.
_TERMINOLOGICAL = "deu:ger fra:fre nld:dut zho:chi ces:cze ell:gre fas:per ron:rum slk:slo isl:ice nob:nor nno:nor nb:nor nn:nor"
_CODE = {
    name: codes.split()[0] for codes in _LANGUAGES.replace("\n", " ").split(",") for name in codes.split()
} | dict(pair.split(":") for pair in _TERMINOLOGICAL.split())


def language_code(name: str) -> str:
    """MEDLINE's three letters for a language, as in `eng` for `en`, `en-GB` or `English`; else in lower case as given."""
    given = name.strip().casefold()
    return _CODE.get(given) or _CODE.get(given.replace("_", "-").partition("-")[0], given)
