"""How long things may take at the desk, from timing.yml."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, PositiveInt


class Timing(BaseModel):
    """The values of timing.yml; each is required, nothing else is allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    near_days: PositiveInt
    first_reply_minutes: PositiveInt
    offer_minutes: PositiveInt
    away_minutes: PositiveInt
    seen_seconds: PositiveInt
    history_cases: PositiveInt
    history_least: PositiveInt
    rating_days: PositiveInt
    low_rating: PositiveInt


TIMING = Timing.model_validate(
    yaml.safe_load((Path(__file__).parent / "timing.yml").read_text(encoding="utf-8"))
)
