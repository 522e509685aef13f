"""The encoder: trained by us, loaded by sentence-transformers alone."""

import json
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from knowledge import ngrams
from knowledge.encode import Encoder
from knowledge.settings import ROOT, Settings
from knowledge.train import HELD_OUT
from knowledge.training_data import split_variants

SHIPPED = ROOT / "models" / "encoder"


def test_the_tokenizer_gives_characters_and_pairs() -> None:
    tokenizer = ngrams.build(["拖欠工资，怎么办"], 50)
    pieces = tokenizer.encode("拖欠 工资").tokens
    assert {"拖", "欠", "拖欠", "工资"} <= set(pieces)
    assert "欠工" not in pieces


def test_training_leaves_a_model_its_manifest_and_the_priors(fixture_settings: Settings) -> None:
    folder = Path(fixture_settings.embedding_model)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["sha256"]) == {"answered.jsonl", "noisy.jsonl", "lines.txt"}
    checked, other = json.loads((folder / "priors.json").read_text())["示例法"]["第二条"]
    assert checked == 1
    assert other > 0
    assert not (folder / HELD_OUT).exists()


def test_vectors_are_unit_length_and_empty_text_is_zero(fixture_settings: Settings) -> None:
    vectors = Encoder(fixture_settings.embedding_model).encode(["水桶不还", ""])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0], abs=1e-3)


def test_each_variant_is_held_out_in_one_fold_only(entries: list[object]) -> None:
    from knowledge.entries import Entry

    entry = entries[0]
    assert isinstance(entry, Entry)
    held = [variant for fold in range(5) for variant in split_variants(entry, fold)[1]]
    assert sorted(held) == sorted(entry.meta.variants)
    assert split_variants(entry, None)[1] == []


def test_the_shipped_encoder_needs_no_code_of_ours_and_is_small() -> None:
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file())
    assert size <= 30 * 1024 * 1024
    modules = json.loads((SHIPPED / "modules.json").read_text())
    assert all(module["type"].startswith("sentence_transformers.") for module in modules)
    near, far, other = SentenceTransformer(str(SHIPPED)).encode(
        ["老板拖欠工资", "用人单位未及时足额支付劳动报酬", "羊肉怎么炖好吃"]
    )
    assert near @ far > near @ other
