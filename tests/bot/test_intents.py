"""Training on fewer columns gives what training on all of them gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu.intents import Intents, merge_equal_columns

# Columns 0 and 3 are equal, 1 and 4 too; 5 is empty.
EXAMPLES = np.array(
    [
        [1, 0, 2, 1, 0, 0],
        [1, 1, 0, 1, 1, 0],
        [0, 1, 1, 0, 1, 0],
        [0, 2, 0, 0, 2, 0],
        [3, 0, 1, 3, 0, 0],
    ]
)
LABELS = ["wages", "wages", "divorce", "divorce", "greet"]


def message(row: list[int] | None, intent: str | None = None) -> Message:
    """Return a message with features, as a featurizer leaves it."""
    made = Message({TEXT: "话", **({INTENT: intent} if intent else {})})
    for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE) if row is not None else ():
        made.add_features(Features(csr_matrix([row]), kind, TEXT, "counts"))
    return made


def trained(kind: type[LogisticRegressionClassifier], folder: Path) -> LogisticRegressionClassifier:
    """Return a classifier that was trained, stored and loaded again."""
    folder.mkdir()
    storage, resource = LocalModelStorage(folder), Resource("intents")
    context = ExecutionContext(GraphSchema({}), node_name="intents")
    config = {**kind.get_default_config(), "max_iter": 1000, "tol": 1e-8}
    rows = zip(EXAMPLES.tolist(), LABELS, strict=True)
    data = TrainingData([message(row, label) for row, label in rows])
    kind.create(config, storage, resource, context).train(data)
    return kind.load(config, storage, resource, context)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> LogisticRegressionClassifier:
    return trained(Intents, tmp_path_factory.mktemp("intents") / "ours")


@pytest.mark.parametrize("row", [[1, 0, 0, 0, 0, 0], [0, 0, 1, 2, 0, 1], [0, 3, 0, 0, 0, 0]])
def test_every_text_is_understood_as_rasas_own_classifier_does(
    ours: LogisticRegressionClassifier, tmp_path: Path, row: list[int]
) -> None:
    theirs = trained(LogisticRegressionClassifier, tmp_path / "theirs")
    (mine,), (rasas,) = ours.process([message(row)]), theirs.process([message(row)])
    assert [one["name"] for one in mine.get("intent_ranking")] == [
        one["name"] for one in rasas.get("intent_ranking")
    ]
    assert [one["confidence"] for one in mine.get("intent_ranking")] == pytest.approx(
        [one["confidence"] for one in rasas.get("intent_ranking")], abs=1e-4
    )


def test_a_text_without_features_is_read_as_one_of_which_nothing_is_known(
    ours: LogisticRegressionClassifier,
) -> None:
    (bare,), (unknown,) = ours.process([message(None)]), ours.process([message([0] * 6)])
    assert bare.get("intent_ranking") == unknown.get("intent_ranking")


def test_equal_columns_become_one_and_none_is_lost() -> None:
    merged, place_of, sizes = merge_equal_columns(csr_matrix(EXAMPLES))
    assert merged.shape == (5, 4)
    restored = merged.toarray()[:, place_of] / np.sqrt(sizes)[place_of]
    assert restored == pytest.approx(EXAMPLES)


def test_columns_that_differ_in_a_number_only_stay_apart() -> None:
    _, place_of, _ = merge_equal_columns(csr_matrix([[1, 2], [1, 2], [0, 0]]))
    assert place_of.tolist() == [0, 1]
