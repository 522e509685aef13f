"""Text to vectors, with any sentence-transformers model."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]


class Encoder:
    """A sentence-transformers model, loaded when first used (importing torch takes seconds).

    Args:
        model: a folder, or a name that sentence-transformers knows.
    """

    def __init__(self, model: str) -> None:
        self.name = model

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self.name, device="cpu").float()

    def encode(self, texts: list[str]) -> Vectors:
        """One unit vector per text: float32, shape (texts, dimensions)."""
        vectors = self._model.encode(
            texts, batch_size=256, normalize_embeddings=True, show_progress_bar=False
        )
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))

    def fingerprint(self) -> str:
        """Changes when the model changes: a hash of the weights, or the name if not a folder."""
        digest = hashlib.sha256(self.name.encode() if not Path(self.name).is_dir() else b"")
        for path in sorted(Path(self.name).rglob("*.safetensors")):
            digest.update(path.read_bytes())
        return digest.hexdigest()


class Remembering(Encoder):
    """An encoder that keeps each vector, for work that encodes the same texts again and again."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: list[str]) -> Vectors:
        """As `Encoder.encode`."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known.update(zip(new, super().encode(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)
