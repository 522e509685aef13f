"""Rasa's logistic regression, trained on fewer columns and read by the features a text has.

Two thirds of all features occur in one example only, and those of one example always occur
together. Columns that are equal get equal weights, so k of them are trained as one, times the root
of k: the penalty on the weights, and with it the result, is the same (docs/adr/0029).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.tensorflow.constants import RANKING_LENGTH
from scipy.sparse import csc_matrix, csr_matrix, diags

FILE = "intents.npz"
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Learnt:
    """What training leaves: of each feature its column, of each column a weight per intent."""

    column_of: Numbers
    weights: Numbers
    intercept: Numbers
    intents: Numbers


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Intents(LogisticRegressionClassifier):
    """Gives a message its intent and the ranking of the likeliest."""

    _learnt: Learnt

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent, and keep what was learnt."""
        matrix, intents = self._create_training_matrix(training_data)
        if not intents:
            return self._resource
        merged, column_of, sizes = merge_equal_columns(matrix)
        self.clf.fit(merged, intents)
        weights = (self.clf.coef_ / np.sqrt(sizes)).T.astype(np.float32, order="C")
        self._learnt = Learnt(column_of, weights, self.clf.intercept_, self.clf.classes_)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(
                folder / FILE,
                column_of=column_of,
                weights=weights,
                intercept=self.clf.intercept_,
                intents=self.clf.classes_,
            )
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Intents:
        """Return the component with what `train` kept.

        Raises:
            FileNotFoundError: nothing was kept, as there was no example.
        """
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE) as kept:
            component._learnt = Learnt(**kept)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its intent and the ranking."""
        for message in messages:
            shares = self._shares(message)
            best = np.argsort(-shares, kind="stable")[: self.config[RANKING_LENGTH]]
            names = self._learnt.intents
            ranking = [{"name": str(names[n]), "confidence": float(shares[n])} for n in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _shares(self, message: Message) -> Numbers:
        """Return each intent's share of likelihood; a text without features has the intercept's."""
        scores: Numbers = self._learnt.intercept.copy()
        _, sentence = message.get_sparse_features(attribute=TEXT)
        if sentence is not None:
            row = csr_matrix(sentence.features)
            scores += row.data @ self._learnt.weights[self._learnt.column_of[row.indices]]
        likely = np.exp(scores - scores.max())
        return np.asarray(likely / likely.sum())


def merge_equal_columns(matrix: csr_matrix) -> tuple[csr_matrix, Numbers, Numbers]:
    """Return the different columns, each times the root of how often it occurs.

    Also the place among them of every column of the matrix, and how many each of them stands for.
    """
    columns: csc_matrix = matrix.tocsc()
    columns.sort_indices()
    places: dict[tuple[bytes, bytes], int] = {}
    firsts: list[int] = []
    place_of = np.empty(columns.shape[1], dtype=np.int64)
    for number, (start, end) in enumerate(pairwise(columns.indptr)):
        column = (columns.indices[start:end].tobytes(), columns.data[start:end].tobytes())
        if column not in places:
            places[column] = len(firsts)
            firsts.append(number)
        place_of[number] = places[column]
    sizes = np.bincount(place_of)
    return (columns[:, firsts] @ diags(np.sqrt(sizes))).tocsr(), place_of, sizes
