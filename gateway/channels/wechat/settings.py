"""Settings of the WeChat channel, read from the environment, `.env` and the secrets file."""

import os
from pathlib import Path
from typing import Self

from pydantic import AnyHttpUrl, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.channels.wechat.crypto import decode_key


class WechatSettings(BaseSettings):
    """The account's credentials; the channel is off while WECHAT_TOKEN is unset.

    Attributes:
        token: the callback's Token in the account's console.
        appid: the account's AppID.
        secret: the account's AppSecret, needed to push late and lawyers' replies.
        encoding_aes_key: the console's EncodingAESKey (43 characters); unset means plain mode.
        encoding_aes_key_previous: the key before it, still accepted while it is being changed.
        api_base: where Tencent's API is; a fake server can stand in.
    """

    model_config = SettingsConfigDict(
        env_prefix="WECHAT_",
        env_file=(".env", Path(os.environ.get("VAR_DIR", "var")) / "secrets.env"),
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = None
    appid: SecretStr | None = None
    secret: SecretStr | None = None
    encoding_aes_key: SecretStr | None = None
    encoding_aes_key_previous: SecretStr | None = None
    api_base: AnyHttpUrl = AnyHttpUrl("https://api.weixin.qq.com")

    @field_validator("encoding_aes_key", "encoding_aes_key_previous")
    @classmethod
    def _key_decodes(cls, key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if key:
            try:
                decode_key(key.get_secret_value())
            except ValueError as error:
                raise ValueError(f"WECHAT_{str(info.field_name).upper()} {error}") from None
        return key

    @model_validator(mode="after")
    def _combination_works(self) -> Self:
        if not self.enabled:
            return self
        if not self.appid:
            raise ValueError("WECHAT_APPID must be set when WECHAT_TOKEN is")
        if not self.secret:
            raise ValueError(
                "WECHAT_SECRET must be set when WECHAT_TOKEN is: "
                "without it no late reply and no lawyer's reply could reach a citizen"
            )
        if self.encoding_aes_key_previous and not self.encoding_aes_key:
            raise ValueError(
                "WECHAT_ENCODING_AES_KEY must be set when WECHAT_ENCODING_AES_KEY_PREVIOUS is"
            )
        return self

    @property
    def enabled(self) -> bool:
        """Whether the channel is on."""
        return self.token is not None

    def require(self, name: str) -> str:
        """Returns the value of a setting that an enabled channel has.

        Raises:
            ValueError: it is unset, that is, the channel is off.
        """
        value = getattr(self, name)
        if not isinstance(value, SecretStr):
            raise ValueError(f"WECHAT_{name.upper()} is not set")
        return value.get_secret_value()
