"""Settings of the WeChat channel, read from the environment, `.env` and the secrets file."""

import os
from pathlib import Path
from typing import Self

from pydantic import AnyHttpUrl, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.channels.wechat.crypto import decode_key
from gateway.channels.wechat.template import Template


class WechatSettings(BaseSettings):
    """The account's credentials; the channel is off while WECHAT_TOKEN is unset.

    Attributes:
        wechat_token: the callback's Token, as the account's console has it.
        wechat_appid: the account's AppID.
        wechat_secret: the account's AppSecret, needed to push late and lawyers' replies.
        wechat_encoding_aes_key: the console's EncodingAESKey; unset means plain mode.
        wechat_encoding_aes_key_previous: the one before, accepted while the key is being changed.
        wechat_api_base: where Tencent's API is; a fake server can stand in.
        wechat_subscribe_template: a subscription notice for whoever has not written for 48 hours,
            as `ID:field,field`.
        wechat_notify_template: the same as a template message, where the account has those.
        public_url: the address people reach us by, for links in messages; unset means no links.
    """

    model_config = SettingsConfigDict(
        env_file=(".env", Path(os.environ.get("VAR_DIR", "var")) / "secrets.env"),
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    wechat_token: SecretStr | None = None
    wechat_appid: str | None = None
    wechat_secret: SecretStr | None = None
    wechat_encoding_aes_key: SecretStr | None = None
    wechat_encoding_aes_key_previous: SecretStr | None = None
    wechat_api_base: AnyHttpUrl = AnyHttpUrl("https://api.weixin.qq.com")
    wechat_subscribe_template: str | None = None
    wechat_notify_template: str | None = None
    public_url: AnyHttpUrl | None = None

    @field_validator("wechat_encoding_aes_key", "wechat_encoding_aes_key_previous")
    @classmethod
    def _key_decodes(cls, key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if key:
            try:
                decode_key(key.get_secret_value())
            except ValueError as error:
                raise ValueError(f"{str(info.field_name).upper()} {error}") from None
        return key

    @field_validator("wechat_subscribe_template", "wechat_notify_template")
    @classmethod
    def _template_reads(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value:
            try:
                Template.read(value)
            except ValueError as error:
                raise ValueError(f"{str(info.field_name).upper()} {error}") from None
        return value

    @model_validator(mode="after")
    def _combination_works(self) -> Self:
        if not self.enabled:
            return self
        if not self.wechat_appid:
            raise ValueError("WECHAT_APPID must be set when WECHAT_TOKEN is")
        if not self.wechat_secret:
            raise ValueError(
                "WECHAT_SECRET must be set when WECHAT_TOKEN is: "
                "without it no late reply and no lawyer's reply could reach a citizen"
            )
        if self.wechat_encoding_aes_key_previous and not self.wechat_encoding_aes_key:
            raise ValueError(
                "WECHAT_ENCODING_AES_KEY must be set when WECHAT_ENCODING_AES_KEY_PREVIOUS is"
            )
        return self

    @property
    def subscribe_template(self) -> Template | None:
        """The subscription notice, if there is one."""
        given = self.wechat_subscribe_template
        return Template.read(given) if given else None

    @property
    def notify_template(self) -> Template | None:
        """The template message, if there is one."""
        return Template.read(self.wechat_notify_template) if self.wechat_notify_template else None

    @property
    def public_base(self) -> str:
        """The public address without a slash at the end; "" when it is not set."""
        return str(self.public_url).rstrip("/") if self.public_url else ""

    @property
    def enabled(self) -> bool:
        """Whether the channel is on."""
        return self.wechat_token is not None

    @property
    def token(self) -> str:
        """The callback's Token; "" while the channel is off."""
        return self.wechat_token.get_secret_value() if self.wechat_token else ""

    @property
    def appid(self) -> str:
        """The account's AppID; "" while the channel is off."""
        return self.wechat_appid or ""

    @property
    def secret(self) -> str:
        """The account's AppSecret; "" while the channel is off."""
        return self.wechat_secret.get_secret_value() if self.wechat_secret else ""

    @property
    def aes_keys(self) -> tuple[str, ...]:
        """The EncodingAESKeys to accept, the current one first; none in plain mode."""
        keys = (self.wechat_encoding_aes_key, self.wechat_encoding_aes_key_previous)
        return tuple(key.get_secret_value() for key in keys if key)

    @property
    def api_base(self) -> str:
        """Where Tencent's API is, without a slash at the end."""
        return str(self.wechat_api_base).rstrip("/")
