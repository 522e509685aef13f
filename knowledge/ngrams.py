"""The encoder's tokenizer: single characters and pairs of neighbours, overlapping.

A `tokenizers` pipeline cannot emit overlapping pieces by itself. A character map that turns each
character x into `x x x`, written apart, can: 工资 becomes 工 工 工资 资 资. The tokenizer is then
an ordinary file, and the encoder an ordinary sentence-transformers model without code of ours.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"


def build(texts: list[str], size: int, extra: Iterable[str] = ()) -> Tokenizer:
    """A tokenizer whose vocabulary is the most frequent pieces of some texts.

    Args:
        texts: the texts; a piece counts once for each text that it occurs in.
        size: number of pieces, the unknown one included.
        extra: texts whose pieces count ten times (how people ask is rare among statutes).
    """
    normalizer = _normalizer(texts)
    split = pre_tokenizers.WhitespaceSplit()
    counts: Counter[str] = Counter()
    for weight, group in ((1, texts), (10, list(extra))):
        for text in group:
            for piece in set(normalizer.normalize_str(text).split()):
                counts[piece] += weight
    kept = sorted(counts, key=lambda piece: (-counts[piece], piece))[: size - 1]
    vocabulary = {UNKNOWN: 0} | {piece: number for number, piece in enumerate(kept, 1)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = split
    return tokenizer


def _normalizer(texts: list[str]) -> normalizers.Normalizer:
    characters = sorted({c for text in texts for c in text.lower() if c.isalnum()})
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\w]+"), " "),
            normalizers.Precompiled(_character_map(characters)),
        ]
    )


def _character_map(characters: list[str]) -> bytes:
    """The compiled map x -> `x x x`; sentencepiece is used for nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        codes = [f"{ord(c):04X}" for c in characters]
        rules.write_text("".join(f"{c}\t{c} 0020 {c} 0020 {c}\n" for c in codes))
        model = BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["".join(characters)]),
            model_writer=model,
            model_type="char",
            vocab_size=len(characters) + 3,
            hard_vocab_limit=False,
            character_coverage=1.0,
            max_sentence_length=1_000_000,
            normalization_rule_tsv=str(rules),
            minloglevel=2,
        )
    proto = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]
    proto.ParseFromString(model.getvalue())
    return bytes(proto.normalizer_spec.precompiled_charsmap)
