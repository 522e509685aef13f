"""`python -m bot.understand TEXT`: what the trained model makes of one sentence, as JSON."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

MOST_INTENTS = 3


def understand(text: str) -> dict[str, Any]:
    """Return the three likeliest intents with how sure the model is, and the entities.

    Raises:
        FileNotFoundError: there is no trained model in MODELS_DIR.
    """
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    folder = Path(os.environ.get("MODELS_DIR", "models"), "rasa")
    if not list(folder.glob("*.tar.gz")):
        raise FileNotFoundError(folder)
    parsed = asyncio.run(Agent.load(str(folder)).parse_message(text))
    ranking = [parsed["intent"], *parsed.get("intent_ranking", [])]
    likeliest = {one["name"]: round(float(one["confidence"]), 3) for one in reversed(ranking)}
    names = sorted(likeliest, key=lambda name: (name != parsed["intent"]["name"], -likeliest[name]))
    entities = [
        {"entity": one["entity"], "value": one["value"]} for one in parsed.get("entities", [])
    ]
    intents = [{"name": name, "confidence": likeliest[name]} for name in names[:MOST_INTENTS]]
    return {"intents": intents, "entities": entities}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    print(json.dumps(understand(sys.argv[1]), ensure_ascii=False))
