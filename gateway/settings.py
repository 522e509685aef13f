"""The gateway's settings: the environment, then ``.env``, then the generated secrets."""

import os
from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.channels import Allotment, Quota

_SOURCES = SettingsConfigDict(
    env_file=(".env", Path(os.environ.get("VAR_DIR", "var")) / "secrets.env"),
    env_ignore_empty=True,
    extra="ignore",
    frozen=True,
    hide_input_in_errors=True,
)


class DatabaseSettings(BaseSettings):
    """Where the database is.

    Attributes:
        var_dir: the folder for everything that changes.
        database_url: a SQLAlchemy URL; a SQLite file in ``var_dir`` by default.
    """

    model_config = _SOURCES

    var_dir: Path = Path("var")
    database_url: str = ""

    def model_post_init(self, _context: object) -> None:
        """Fills in what follows from other settings."""
        if not self.database_url:
            object.__setattr__(
                self, "database_url", f"sqlite+aiosqlite:///{self.var_dir / 'mingbai.db'}"
            )


class Settings(DatabaseSettings):
    """Where the gateway listens, whom it talks to, and its few limits.

    Attributes:
        host: address of the public listener.
        port: the public port; the others' defaults follow it.
        internal_port: port of the internal listener, always on 127.0.0.1; PORT+3 by default.
        rasa_url: base address of Rasa; 127.0.0.1:PORT+1 by default.
        actions_url: base address of the action server; 127.0.0.1:PORT+2 by default.
        internal_key: key shared with Rasa and the action server.
        rest_key: key that apps send in X-Api-Key.
        session_key: key that signs the desk's sessions.
        attachment_key: encrypts pictures, 64 hexadecimal characters; without it none is kept.
        bot_timeout: seconds a turn may take before the citizen is told that it will come later.
        promise_hours: after this many hours a late answer is closed with a note instead.
        messages_per_minute: how much one sender may write over REST or the web.
        retention_days: a conversation untouched for so long is erased.
        aid_keep_days: a checklist that somebody kept is deleted after so many days.
        aid_templates: a folder with the institution's own Word templates.
        gateway_workers: how many processes serve the public port and the internal one together.
        wechat_pushes_per_message: how many messages one message of a citizen allows.
        wechat_message_hours: for how long it allows them.
        wechat_pushes_per_tap: how many a menu button, a subscription or a scan allows.
        wechat_tap_seconds: for how long they allow them.
        wechat_bot_pushes: how many of them the bot may use; the rest is the lawyer's.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65532)
    internal_port: int = 0
    rasa_url: str = ""
    actions_url: str = ""
    internal_key: SecretStr
    rest_key: SecretStr
    session_key: SecretStr
    attachment_key: SecretStr | None = None
    bot_timeout: float = 20.0
    promise_hours: int = 48
    messages_per_minute: int = 600
    retention_days: int = 180
    aid_keep_days: int = 60
    aid_templates: Path | None = None
    gateway_workers: int = Field(default=1, ge=1, le=16)
    wechat_pushes_per_message: int = Field(default=5, ge=0)
    wechat_message_hours: int = Field(default=48, ge=1)
    wechat_pushes_per_tap: int = Field(default=3, ge=0)
    wechat_tap_seconds: int = Field(default=60, ge=1)
    wechat_bot_pushes: int = Field(default=2, ge=0)

    @property
    def wechat_quota(self) -> Quota:
        """What may be pushed on WeChat."""
        message = Allotment(
            self.wechat_pushes_per_message, timedelta(hours=self.wechat_message_hours)
        )
        tap = Allotment(self.wechat_pushes_per_tap, timedelta(seconds=self.wechat_tap_seconds))
        return Quota(
            {"message": message, "menu": tap, "scan": tap, "subscribe": tap},
            self.wechat_bot_pushes,
        )

    def model_post_init(self, context: object) -> None:
        """Fills in what follows from the port."""
        super().model_post_init(context)
        derived = {
            "internal_port": self.port + 3,
            "rasa_url": f"http://127.0.0.1:{self.port + 1}",
            "actions_url": f"http://127.0.0.1:{self.port + 2}",
        }
        for name, value in derived.items():
            if not getattr(self, name):
                object.__setattr__(self, name, value)


def load() -> Settings:
    """Returns the settings.

    Raises:
        pydantic.ValidationError: one is missing or wrong; it names which.
    """
    return Settings()  # type: ignore[call-arg]  # they come from the environment
