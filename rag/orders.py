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
_VERBS = (
    r"(?:write|draft|compose|translate|rewrite|paraphrase|pretend|imagine|print|say|answer|reply|respond"
    r"|replace (?:every|letters|vowels|words)|misspell|scramble|jumble|anagram|download|install|click|visit|subscribe|vote|browse"
    r"|execute|simulate|roleplay|explain (?:the|how|why|in)|show me|break down|describe the"
    r"|(?:provide|develop|create|make up|prepare|give me) (?:an?|the) (?:\w+ )?(?:poem|story|speech|essay|letter|joke|song|code|script"
    r"|example|translation|equivalent))\b"
)
_ORDER = re.compile(rf"^\W*(?:please|kindly|now|first|next|also|then|instead)?,? ?{_VERBS}", re.IGNORECASE)
# Within a sentence an order that was put there begins with a capital: "in adults, explain the risks" is advice.
_ORDER_WITHIN = re.compile(rf"[,:;.!?)\]\"”][ ]+(?=[A-Z])(?i:{_VERBS})")
_QUESTION = re.compile(r"[?？](?:\W|$)")


def addresses_reader(sentence: str) -> bool:
    """Whether `sentence` asks a question, or gives an order that a text gives a machine or a passer-by."""
    orders = (_QUESTION, _TO_A_MACHINE, _ORDER, _ORDER_WITHIN)
    return any(pattern.search(sentence) for pattern in orders)
