"""Reading the gateway's data files: YAML, checked against what must be in them."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from gateway.errors import BadData

FOLDER = Path(__file__).parent / "data"


class Data(BaseModel):
    """A part of a data file: each thing is required, nothing else is allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


D = TypeVar("D", bound=Data)


def read(path: Path, kind: type[D]) -> D:
    """Returns what a file holds.

    Raises:
        BadData: the file is missing, not YAML, or not as `kind` says.
    """
    try:
        return kind.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise BadData(f"{path}: {error}") from error
