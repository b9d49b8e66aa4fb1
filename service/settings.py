"""Settings: `vouch.toml` in the working directory, the environment over it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, PositiveFloat, PositiveInt, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from rag.errors import InputError

_FILE = "vouch.toml"
_PREFIX = "VOUCH_"
_NOT_SETTINGS = frozenset({"VOUCH_TODAY", "VOUCH_SHARED"})  # read by the command line and by the tests


class Settings(BaseSettings):
    """What an operator chooses; each has a default that needs no network."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True, toml_file=_FILE)

    home: Path | None = None  # the data home; None: ./var where it holds a library, else the user's own
    model: str = "default"  # embedding model: default, hashing, or any sentence-transformers name or path
    backend: Literal["int8", "fp32", "gpu"] = (
        "int8"  # how the default model embeds passages; libraries of int8 aren't those of fp32 and gpu
    )

    records_url: SecretStr | None = None  # postgresql://…; None: records.db in the data home
    keep_days: PositiveInt = 30  # conversations and answers that nobody asked to keep; going on puts it off

    entrez_url: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"  # E-utilities, or a mirror of them
    entrez_email: str | None = None  # sent along, so that NCBI can write before it shuts anybody out

    oidc_issuer: str | None = None  # whose bearer tokens `vouch serve` takes beside its own keys
    oidc_audience: str = "vouch"  # for whom such a token must be made out
    oidc_keys: str | None = None  # a file or an address with the issuer's public keys (JWKS)
    oidc_role_claim: str = "roles"  # where a token says what its bearer may do
    hosts: tuple[str, ...] = ()  # names that `vouch serve` answers to beside those of this computer

    llm_base_url: str | None = None  # an OpenAI-compatible server that drafts claims; None: answers quote
    llm_model: str | None = None  # the name that the server knows its model by
    llm_api_key: SecretStr | None = None  # from the environment only
    llm_seconds: PositiveFloat = 30.0  # for all calls of one answer
    llm_price_prompt: NonNegativeFloat | None = None  # of a million tokens, in any currency
    llm_price_completion: NonNegativeFloat | None = None
    entailment_model: str | None = None  # a cross-encoder that judges claims behind the gate; None: none does
    entailment_threshold: Annotated[float, Field(ge=0, le=1)] = (
        0.5  # least probability that a quote says a claim
    )

    @property
    def data_home(self) -> Path:
        """The folder for everything that is built."""
        return self.home or _default_home()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        InputError: for an unknown key or a value that can't be used, naming it.
    """
    import tomllib

    _refuse_unknown_variables()
    try:
        _refuse_secrets_in_file()
        return Settings()
    except ValidationError as error:
        raise InputError(_in_words(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{_FILE} isn't valid TOML: {error}; correct it or move it away") from error
    except OSError as error:
        raise InputError(f"{_FILE} can't be read: {error.strerror}; correct it or move it away") from error


def _refuse_unknown_variables() -> None:
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(_PREFIX) and name.upper() not in known | _NOT_SETTINGS:
            raise InputError(
                f"unknown setting {name} in the environment; known are: {', '.join(sorted(known))}"
            )


def _refuse_secrets_in_file() -> None:
    import tomllib

    path = Path(_FILE)
    if path.is_file() and "llm_api_key" in tomllib.loads(path.read_text(encoding="utf-8")):
        raise InputError(
            f"{_FILE} holds 'llm_api_key'; a key comes from the environment only: set VOUCH_LLM_API_KEY"
        )


def _in_words(error: ValidationError) -> str:
    problem = error.errors()[0]
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"unknown setting {key!r} in {_FILE}; known are: {', '.join(sorted(Settings.model_fields))}"
    return f"setting {key!r} can't be {problem['input']!r}: {problem['msg'].lower()}; correct it in {_FILE} or the environment"


def _default_home() -> Path:
    here = Path("var")
    if (here / "library").is_dir():
        return here
    data = os.environ.get("XDG_DATA_HOME", "")
    return (Path(data) if data.startswith("/") else Path.home() / ".local" / "share") / "vouch"
