"""Where content, statute texts and models lie; read from the environment, then `.env`."""

from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SHARED_STATUTES = SHARED / "laws" / "statutes.jsonl.gz"


class Settings(BaseSettings):
    """Settings of the knowledge room.

    `statutes_path` is None when no statute file has been imported: entries still work then,
    articles do not.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    content_dir: Path = Path(__file__).resolve().parent / "content"
    models_dir: Path = Path("models")
    statutes_path: Path | None = SHARED_STATUTES if SHARED_STATUTES.exists() else None
    internal_key: str = ""  # without it, `serve` offers the look-up pages only
    embedding_model: str = str(ROOT / "models" / "encoder")
    triage_dir: Path = ROOT / "models" / "triage"

    @field_validator("statutes_path", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        """An empty STATUTES_PATH means that none is imported."""
        return value or None

    @property
    def entries_dir(self) -> Path:
        """The folder with one Markdown file per entry."""
        return self.content_dir / "entries"
