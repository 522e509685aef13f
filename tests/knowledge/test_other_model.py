"""Another sentence-transformers model in EMBEDDING_MODEL works in the place of the shipped one."""

from pathlib import Path

import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules
from transformers import BertConfig, BertModel, BertTokenizer

from knowledge.search import Searcher
from knowledge.settings import Settings


@pytest.fixture(scope="module")
def other_model(tmp_path_factory: pytest.TempPathFactory, fixture_settings: Settings) -> Path:
    """A tiny untrained BERT over single characters, saved as any such model is."""
    folder = tmp_path_factory.mktemp("other")
    assert fixture_settings.statutes_path
    texts = fixture_settings.statutes_path.read_text(encoding="utf-8")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(texts) - set(" \n"))]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=30,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(folder / "bert")
    transformer = modules.Transformer(str(folder / "bert"), max_seq_length=64)
    pooling = modules.Pooling(transformer.get_embedding_dimension())
    SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(folder / "model"))
    return folder / "model"


def test_search_works_with_another_local_model(
    other_model: Path, fixture_settings: Settings, tmp_path: Path
) -> None:
    changed = {"embedding_model": str(other_model), "models_dir": tmp_path}
    settings = fixture_settings.model_copy(update=changed)
    searcher = Searcher.load(settings, lambda line: None)
    entry = next(iter(searcher.entries.values()))
    found = searcher.search(entry.meta.question)
    assert found.band == "answer"
    assert found.hits[0].entry == entry
    assert found.of_kind("article")


def test_the_index_is_built_anew_for_another_model(
    other_model: Path, fixture_settings: Settings
) -> None:
    Searcher.load(fixture_settings, lambda line: None)
    settings = fixture_settings.model_copy(update={"embedding_model": str(other_model)})
    said: list[str] = []
    Searcher.load(settings, said.append)
    assert any("entries" in line for line in said)
    Searcher.load(fixture_settings, lambda line: None)
