"""Meaning search: an exact inner-product index over unit vectors."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors

Places = NDArray[np.int64]


class DenseIndex:
    """Cosine similarities of rows of text with a query."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """Index unit vectors; row numbers are places in the array."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> "DenseIndex":
        """Read what `save` wrote."""
        return cls(faiss.read_index(str(path)))

    def nearest(self, vector: Vectors, count: int) -> Places:
        """The rows with the highest cosine, best first."""
        _, places = self._index.search(vector.reshape(1, -1), min(count, self._index.ntotal))
        return np.asarray(places[0], dtype=np.int64)

    def cosines(self, vector: Vectors, places: Places) -> Vectors:
        """The cosine of the given rows with a unit vector."""
        rows: Vectors = self._index.reconstruct_batch(places)
        return rows @ vector
