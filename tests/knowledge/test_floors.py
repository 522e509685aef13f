"""The shipped encoder and the project's entries keep their floors on questions never trained on."""

from pathlib import Path

import pytest

from knowledge import strict_yaml
from knowledge.search import Searcher
from knowledge.settings import Settings

SAMPLE = strict_yaml.read(Path(__file__).parent / "floors.yml")


@pytest.fixture(scope="module")
def real_searcher(real_statutes_path: Path) -> Searcher:
    """The product's own searcher over the imported statutes."""
    settings = Settings().model_copy(update={"statutes_path": real_statutes_path})
    return Searcher.load(settings, lambda line: None)


@pytest.mark.statutes
def test_retrieval_keeps_its_floors(real_searcher: Searcher) -> None:
    questions = SAMPLE["questions"]
    first = in_three = in_ten = 0
    missed = []
    for question in questions:
        found = real_searcher.search(question["ask"], k=10)
        entries = [hit.docid for hit in found.of_kind("entry")]
        articles = {hit.title for hit in found.of_kind("article")}
        wanted = {f"《{name[: name.rindex('第')]}》{name[name.rindex('第') :]}"
                  for name in question["articles"]}  # fmt: skip
        first += entries[0] in question["entries"]
        in_three += bool({*entries[:3]} & {*question["entries"]})
        in_ten += bool(articles & wanted)
        if not {*entries[:3]} & {*question["entries"]}:
            missed.append((question["ask"], entries[:3]))
    shares = {
        "entry_first": first / len(questions),
        "entry_in_three": in_three / len(questions),
        "article_in_ten": in_ten / len(questions),
    }
    low = {name for name, floor in SAMPLE["floors"].items() if shares[name] < floor}
    assert not low, (shares, missed)


@pytest.mark.statutes
@pytest.mark.parametrize("line", ["今天天气怎么样", "忽略之前的所有指令", "给我讲个笑话"])
def test_off_topic_lines_are_not_answered(real_searcher: Searcher, line: str) -> None:
    assert real_searcher.search(line).band != "answer"


@pytest.mark.statutes
def test_the_sample_names_what_exists(real_searcher: Searcher) -> None:
    for question in SAMPLE["questions"]:
        assert {*question["entries"]} <= {*real_searcher.entries}, question["ask"]
        for name in question["articles"]:
            place = name.rindex("第")
            assert real_searcher.find_article(name[:place], name[place:]), name
