"""The language model and the entailment model that the settings name, put together; none where they name none."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from rag.errors import InputError
from service.settings import Settings

if TYPE_CHECKING:
    from rag.answering import Answerer
    from rag.entailment import EntailmentGate
    from rag.followup import Condenser
    from rag.llm_answerer import LLMAnswerer
    from rag.llm_server import OpenAIServer


class ModelUse(Enum):
    """Whether a language model drafts the claims."""

    WHERE_CONFIGURED = "where configured"
    DEMANDED = "demanded"
    NEVER = "never"


def model_server(settings: Settings, use: ModelUse) -> OpenAIServer | None:
    """The server that the settings name, not yet asked; None where there is none or none is wanted.

    Raises:
        InputError: the settings name a server without a model or a model without a server, or none
            although one is demanded.
    """
    from rag.llm_server import OpenAIServer, Prices

    if use is ModelUse.NEVER:
        return None
    if not settings.llm_base_url or not settings.llm_model:
        _refuse_half(settings, use)
        return None
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    prompt, completion = settings.llm_price_prompt, settings.llm_price_completion
    prices = None if prompt is None or completion is None else Prices(prompt, completion)
    return OpenAIServer(settings.llm_base_url, settings.llm_model, key or "none", prices)


def model_answerer(
    server: OpenAIServer, instead: Answerer, gate: EntailmentGate | None, use: ModelUse
) -> LLMAnswerer:
    """The answerer that asks `server`, with the quotes of `instead` where that fails."""
    from rag.gate import fault
    from rag.llm_answerer import LLMAnswerer

    return LLMAnswerer(
        server, instead, demanded=use is ModelUse.DEMANDED, fault=gate.fault if gate else fault
    )


def model_condenser(server: OpenAIServer, instead: Condenser) -> Condenser:
    """The condenser that asks `server`, with the rules of `instead` where it fails."""
    from rag.llm_condenser import LLMCondenser

    return LLMCondenser(server, instead)


def entailment_gate(settings: Settings) -> EntailmentGate | None:
    """The second gate of the settings; its model is loaded when it first judges.

    Raises:
        ModelUnavailable: its model isn't there.
    """
    if not settings.entailment_model:
        return None
    from rag.entailment import CrossEncoderEntailment, EntailmentGate

    return EntailmentGate(CrossEncoderEntailment(settings.entailment_model), settings.entailment_threshold)


def _refuse_half(settings: Settings, use: ModelUse) -> None:
    if settings.llm_base_url or settings.llm_model:
        missing = "VOUCH_LLM_MODEL" if settings.llm_base_url else "VOUCH_LLM_BASE_URL"
        raise InputError(f"a model needs both its server's address and its name; set {missing} too")
    if use is ModelUse.DEMANDED:
        raise InputError(
            "no model is configured; set VOUCH_LLM_BASE_URL and VOUCH_LLM_MODEL, or leave --model out"
        )
