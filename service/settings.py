"""Settings: `vouch.toml` in the working directory, the environment over it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
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

    entrez_url: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"  # E-utilities, or a mirror of them
    entrez_email: str | None = None  # sent along, so that NCBI can write before it shuts anybody out

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
