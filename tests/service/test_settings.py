"""Settings: the file, the environment over it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import InputError
from service.models import ModelUse, model_server
from service.settings import Settings, load_settings


@pytest.fixture
def work(tmp_path, monkeypatch):
    """An empty working directory and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("VOUCH_HOME", "VOUCH_MODEL", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_without_any_setting_the_default_model_is_used(work):
    assert load_settings().model == "default"


def test_the_file_sets_what_it_names(work):
    Path("vouch.toml").write_text('model = "hashing"\nhome = "data"\n')

    settings = load_settings()

    assert (settings.model, settings.data_home) == ("hashing", Path("data"))


def test_the_environment_goes_over_the_file(work, monkeypatch):
    Path("vouch.toml").write_text('model = "hashing"\n')
    monkeypatch.setenv("VOUCH_MODEL", "default")

    assert load_settings().model == "default"


def test_an_unknown_key_of_the_file_is_named(work):
    Path("vouch.toml").write_text('modle = "hashing"\n')

    with pytest.raises(
        InputError,
        match=r"unknown setting 'modle' in vouch.toml; known are: backend, .*home, .*model",
    ):
        load_settings()


def test_an_unknown_variable_is_named(work, monkeypatch):
    monkeypatch.setenv("VOUCH_MODLE", "hashing")

    with pytest.raises(InputError, match="unknown setting VOUCH_MODLE in the environment"):
        load_settings()


def test_a_wrong_value_is_named(work):
    Path("vouch.toml").write_text("model = 3\n")

    with pytest.raises(InputError, match="setting 'model' can't be 3"):
        load_settings()


def test_a_file_that_is_no_toml_is_said_so(work):
    Path("vouch.toml").write_text("model = \n")

    with pytest.raises(InputError, match=r"vouch\.toml isn't valid TOML"):
        load_settings()


def test_a_file_that_is_no_text_is_said_so(work):
    Path("vouch.toml").write_bytes(b"model = '\xff'\n")

    with pytest.raises(InputError, match=r"vouch\.toml isn't valid TOML"):
        load_settings()


def test_a_library_in_var_is_found(work):
    Path("var/library").mkdir(parents=True)

    assert load_settings().data_home == Path("var")


def test_a_var_without_a_library_is_somebody_elses(work, monkeypatch):
    Path("var").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(work / "share"))

    assert load_settings().data_home == work / "share/vouch"


def test_the_default_home_is_the_users_own(work, monkeypatch):
    monkeypatch.setenv("HOME", str(work))

    assert load_settings().data_home == work / ".local/share/vouch"


def test_a_key_of_a_model_server_comes_from_the_environment_only(work, monkeypatch):
    monkeypatch.setenv("VOUCH_LLM_API_KEY", "made-up-key")
    assert load_settings().llm_api_key.get_secret_value() == "made-up-key"
    assert "made-up-key" not in repr(load_settings())

    Path("vouch.toml").write_text('llm_api_key = "made-up-key"\n')
    with pytest.raises(InputError, match="VOUCH_LLM_API_KEY") as refused:
        load_settings()
    assert "made-up-key" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"llm_base_url": "http://localhost:1/v1"}, "VOUCH_LLM_MODEL"),
        ({"llm_model": "m"}, "VOUCH_LLM_BASE_URL"),
    ],
)
def test_half_of_a_model_is_refused_with_what_is_missing(given, missing):
    with pytest.raises(InputError, match=missing):
        model_server(Settings(**given), ModelUse.WHERE_CONFIGURED)


def test_a_model_that_is_demanded_must_be_configured():
    with pytest.raises(InputError, match="no model is configured"):
        model_server(Settings(), ModelUse.DEMANDED)
    assert model_server(Settings(), ModelUse.WHERE_CONFIGURED) is None


def test_a_model_that_is_not_wanted_is_not_asked():
    settings = Settings(llm_base_url="http://localhost:1/v1", llm_model="m")

    assert model_server(settings, ModelUse.NEVER) is None
    assert model_server(settings, ModelUse.WHERE_CONFIGURED).name == "m"
