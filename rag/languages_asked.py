"""The language of a question, by its letters and its smallest words; English is told by nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

_SCRIPTS = (
    ("HIRAGANA", "Japanese"),
    ("KATAKANA", "Japanese"),
    ("HANGUL", "Korean"),
    ("CJK", "Chinese"),
    ("CYRILLIC", "Russian or another language in Cyrillic letters"),
    ("ARABIC", "Arabic or another language in Arabic letters"),
    ("HEBREW", "Hebrew"),
    ("DEVANAGARI", "Hindi or another language in Devanagari"),
    ("BENGALI", "Bengali"),
    ("THAI", "Thai"),
    ("GREEK", "Greek"),
)
_MOST = 0.5  # of the letters: a Greek letter in an English question is none

_ENGLISH = frozenset(
    "the of and is are do does did what which how why when who can should would will with for in on to from after before than was were has have my i it there a an be by or not".split()
)
_SMALL: Mapping[str, frozenset[str]] = {
    "German": frozenset(
        "der die das und ist sind ein eine einen einem wie was wann welche welcher kann können soll sollte ich nicht bei mit für nach von zu zum zur hilft wird werden wirkt gibt es bei mir mein meine auf oder auch gegen".split()
    ),
    "French": frozenset(
        "le la les des du est sont un une comment quel quelle quels quand pourquoi peut je ne pas avec pour dans sur après chez et ou que qui mon ma mes faut il est-ce aux au contre".split()
    ),
    "Spanish": frozenset(
        "el los las del es son una cómo como qué que cuál cuándo por puede yo no con para en después y mi mis hay debe está sirve cuánto tiene sobre contra".split()
    ),
    "Italian": frozenset(
        "il gli della dei del è sono una come cosa quale quando perché può io non con per nel dopo che mio mia di alla nella quanto contro serve".split()
    ),
    "Portuguese": frozenset(
        "a tratar o os da do das dos é são uma como qual quando por que pode eu não com para em depois meu minha há deve quanto tem contra nos".split()
    ),
    "Dutch": frozenset(
        "de het een is zijn hoe wat wanneer welke kan moet ik niet met voor na van naar mijn bij en of ook tegen helpt wordt worden".split()
    ),
}
_LEAST = 2  # small words of a language, and more of them than of English


def language_of(text: str) -> str | None:
    """The language of a question where it isn't English, in English words; None where it is or may be."""
    letters = [c for c in text if c.isalpha()]
    of_script = Counter(language for c in letters if (language := _script_of(c)))
    if of_script and sum(of_script.values()) >= _MOST * len(letters):
        return "Japanese" if of_script["Japanese"] else of_script.most_common(1)[0][0]
    return _by_small_words(re.findall(r"[^\W\d_]+", text.lower()))


def _script_of(letter: str) -> str | None:
    if letter.isascii():
        return None
    name = unicodedata.name(letter, "")
    return next((language for script, language in _SCRIPTS if name.startswith(script)), None)


def _by_small_words(found: list[str]) -> str | None:
    count = {language: sum(word in small for word in found) for language, small in _SMALL.items()}
    language, most = max(count.items(), key=lambda pair: pair[1])
    english = sum(word in _ENGLISH for word in found)
    return language if most >= _LEAST and most > english else None
