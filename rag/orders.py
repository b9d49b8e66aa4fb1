"""Sentences that ask or order something of whoever reads them: no finding, and never part of an answer.

Documents may hold orders to a machine that reads them. Quoting one isn't obeying it, but it says nothing of
medicine. An order of a guideline to its readers ("offer surgery", "do not give") is none of these.
"""

from __future__ import annotations

import re

_TO_A_MACHINE = re.compile(
    r"\byour (?:\w+ )?(?:answer|response|reply|message|output|task|instructions?|prompt|rules|guidelines|words)\b"
    r"|\b(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,3}(?:instructions?|prompts?|rules|orders|above|directives)\b"
    r"|\b(?:system|user|developer) (?:prompt|message|instructions?)\b|\bprevious instructions?\b|\breply (?:with|only|in)\b"
    r"|\b(?:as|you are|act as|acting as) an? (?:\w+ )?(?:ai|assistant|language model|chatbot)\b"
    r"|\b(?:ai|llm|language) (?:assistant|model)s? (?:must|should|shall|reading|that read)"
    r"|\b(?:attention|note to|instructions? (?:to|for)) (?:the |any |all )?(?:ai|assistants?|models?|language models?|readers? that)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^\W*(?:please|kindly|now|first|next|also|then|instead)?,? ?(?:write|draft|compose|translate|rewrite|paraphrase|pretend|imagine|print"
    r"|say|answer|reply|respond|replace (?:every|letters|vowels|words)|misspell|scramble|jumble|anagram|download|install|click|visit|subscribe"
    r"|vote|browse|execute|simulate|roleplay|explain (?:the|how|why|in)|show me|break down"
    r"|(?:provide|develop|create|make up|prepare|give me) (?:an?|the) (?:\w+ )?(?:poem|story|speech|essay|letter|joke|song|code|script|example|translation|equivalent)|describe the)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？]\W*$")


def addresses_reader(sentence: str) -> bool:
    """Whether `sentence` asks a question, or gives an order that a text gives a machine or a passer-by."""
    return bool(_QUESTION.search(sentence) or _TO_A_MACHINE.search(sentence) or _ORDER.match(sentence))
