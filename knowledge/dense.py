"""Meaning search: inner products with unit vectors."""

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from knowledge.encode import Vectors

Places = NDArray[np.int64]
EXACT_UP_TO = 10_000  # rows; more are searched by a short code of each (bench/speed.py compares)
ONE_LIST_UP_TO = 200_000  # rows; more are cut into lists, of which only the nearest are read
LISTS_READ = 64
PIECE = 2  # dimensions that one half byte of the code stands for
# One question at a time gains nothing from more threads, and on a busy machine waits for them.
faiss.omp_set_num_threads(1)
threadpool_limits(1, user_api="blas")


@dataclass(frozen=True)
class Rows:
    """Unit vectors in half precision, shape (rows, dimensions)."""

    vectors: NDArray[np.float16]

    @classmethod
    def of(cls, vectors: Vectors) -> "Rows":
        """Keep unit vectors; row numbers are places in the array."""
        return cls(vectors.astype(np.float16))

    def save(self, path: Path) -> None:
        """Write the vectors to a file."""
        np.save(path, self.vectors)

    @classmethod
    def load(cls, path: Path) -> "Rows":
        """Read what `save` wrote."""
        return cls(np.load(path))

    def at(self, places: Places) -> Vectors:
        """The given rows in single precision."""
        return widened(self.vectors[places])

    def cosines(self, vector: Vectors, places: Places) -> Vectors:
        """The cosine of the given rows with a unit vector."""
        return self.at(places) @ vector


@dataclass(frozen=True)
class DenseIndex:
    """Unit vectors and a FAISS index that finds those nearest to another.

    The search is exact up to `EXACT_UP_TO` rows and nearly so beyond: of the thirty nearest, 99.9
    in 100 are among the first 300. Cosines are always those of the vectors themselves.
    """

    rows: Rows
    index: faiss.Index

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """Index unit vectors; row numbers are places in the array."""
        index = faiss.index_factory(
            vectors.shape[1], kind(*vectors.shape), faiss.METRIC_INNER_PRODUCT
        )
        index.train(vectors)
        index.add(vectors)
        return cls(Rows.of(vectors), index)

    def save(self, folder: Path) -> None:
        """Write to a folder, which must not exist."""
        folder.mkdir()
        self.rows.save(folder / "rows.npy")
        faiss.write_index(self.index, str(folder / "index.faiss"))

    @classmethod
    def load(cls, folder: Path) -> "DenseIndex":
        """Read what `save` wrote."""
        index = faiss.read_index(str(folder / "index.faiss"))
        return cls(Rows.load(folder / "rows.npy"), index)

    def nearest(self, vector: Vectors, count: int) -> Places:
        """The rows with the highest cosine, best first; fewer where there are fewer."""
        if isinstance(self.index, faiss.IndexIVF):
            self.index.nprobe = LISTS_READ
        _, places = self.index.search(vector.reshape(1, -1), min(count, self.index.ntotal))
        return np.asarray(places[0][places[0] >= 0], dtype=np.int64)

    def cosines(self, vector: Vectors, places: Places) -> Vectors:
        """The cosine of the given rows with a unit vector."""
        return self.rows.cosines(vector, places)


def kind(rows: int, dimensions: int) -> str:
    """The FAISS index, in its factory's words, for so many vectors."""
    if rows <= EXACT_UP_TO or dimensions % PIECE:
        return "Flat"
    code = f"PQ{dimensions // PIECE}x4fs"
    if rows <= ONE_LIST_UP_TO:
        return code
    return f"IVF{int(4 * rows**0.5)},{code}"


def widened(numbers: NDArray[np.float16]) -> Vectors:
    """Finite numbers of half precision in single precision.

    As `astype`, but twice as fast: the bits are moved to their new places, then the exponents put
    right (their middle is 15 in half and 127 in single precision).
    """
    bits = numbers.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= np.int32(~0x70001FFF)  # copies of the sign, and what moved up
    wide: Vectors = bits.view(np.float32)
    wide *= np.float32(2.0**112)
    return wide
