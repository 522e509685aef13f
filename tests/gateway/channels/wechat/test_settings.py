"""Settings that cannot work stop the start with a sentence that names them."""

from typing import Any

import pytest
from pydantic import ValidationError

from gateway.channels.wechat.settings import WechatSettings
from gateway.channels.wechat.words import words
from tests.fakes.tencent import Account
from tests.gateway.channels.wechat.conftest import settings_of


def test_without_a_token_the_channel_is_off() -> None:
    assert not settings_of(Account(), wechat_token=None).enabled


def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WECHAT_TOKEN", "")
    assert not WechatSettings().enabled


def test_everything_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account()
    monkeypatch.setenv("WECHAT_TOKEN", account.token)
    monkeypatch.setenv("WECHAT_APPID", account.appid)
    monkeypatch.setenv("WECHAT_SECRET", account.secret)
    monkeypatch.setenv("WECHAT_ENCODING_AES_KEY", account.aes_key)
    monkeypatch.setenv("WECHAT_ENCODING_AES_KEY_PREVIOUS", "b" * 43)
    monkeypatch.setenv("WECHAT_API_BASE", "http://127.0.0.1:9000/")
    settings = WechatSettings()
    assert (settings.token, settings.appid, settings.secret) == (
        account.token,
        account.appid,
        account.secret,
    )
    assert settings.aes_keys == (account.aes_key, "b" * 43)
    assert settings.api_base == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wechat_appid": None}, "WECHAT_APPID must be set"),
        ({"wechat_secret": None}, "WECHAT_SECRET must be set"),
        ({"wechat_encoding_aes_key": "a" * 42}, "WECHAT_ENCODING_AES_KEY must be 43 base64"),
        ({"wechat_encoding_aes_key": "!" * 43}, "WECHAT_ENCODING_AES_KEY must be 43 base64"),
        (
            {"wechat_encoding_aes_key_previous": "a" * 42},
            "WECHAT_ENCODING_AES_KEY_PREVIOUS must be 43 base64",
        ),
        (
            {"wechat_encoding_aes_key": None, "wechat_encoding_aes_key_previous": "b" * 43},
            "WECHAT_ENCODING_AES_KEY must be set",
        ),
        ({"wechat_api_base": "no address"}, "wechat_api_base"),
    ],
)
def test_a_wrong_combination_names_the_setting(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        settings_of(Account(), **change)


def test_errors_and_representations_hold_no_secret() -> None:
    account = Account()
    with pytest.raises(ValidationError) as caught:
        settings_of(account, wechat_appid=None)
    shown = str(caught.value) + repr(settings_of(account))
    assert account.token not in shown
    assert account.secret not in shown
    assert account.aes_key not in shown


def test_the_words_are_complete() -> None:
    say = words()
    assert "12348" in say.welcome
    assert set(say.menu) == {"ask_law", "apply_aid", "find_lawyer"}
    assert {"image", "voice", "video", "link"} <= set(say.unread)
