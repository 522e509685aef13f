"""What the supervisor measures, read once from supervision.yml."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, PositiveInt


class Strict(BaseModel):
    """No key may be missing or unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FirstReply(Strict):
    """The share of people on duty's time that is answered within timing.yml's minutes."""

    share: float = Field(gt=0, le=1)
    otherwise_working_days: PositiveInt
    source: str


class Targets(Strict):
    """What the desk promises."""

    first_reply: FirstReply
    satisfied_from: int = Field(ge=1, le=5)


class UrgentLook(Strict):
    """How long break-glass lasts and how much of a reason it needs."""

    hours: PositiveInt
    least_reason: PositiveInt


class ReviewRules(Strict):
    """How a sample is drawn and what is marked."""

    sample: PositiveInt
    within_days: PositiveInt
    most: PositiveInt
    criteria: dict[str, str]


class Supervision(Strict):
    """The whole file."""

    targets: Targets
    urgent_look: UrgentLook
    review: ReviewRules


SUPERVISION = Supervision.model_validate(
    yaml.safe_load((Path(__file__).parent / "supervision.yml").read_text(encoding="utf-8"))
)
