"""Every rule of `verify` has a broken entry that only that rule refuses."""

from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.errors import ContentError
from knowledge.statutes import Statutes
from knowledge.verify import RULES, verify

BROKEN = Path(__file__).parent / "broken"
EXPECTED = {
    "buckets/article": ("article", "第九十九条"),
    "buckets/law": ("article", "没有的法"),
    "buckets/superseded": ("superseded", "第四条"),
    "buckets/replaced-citation": ("replaced", "旧示例条例"),
    "buckets/replaced-article": ("replaced", "第一条 is replaced by 示例法第二条"),
    "buckets/replaced-mention": ("replaced", "旧示例条例"),
    "buckets/proof": ("proof", "十五日内书面答复"),
    "buckets/proof-cuts-a-numeral": ("proof", "五日内答复"),
    "buckets/figure": ("figure", "45天"),
    "buckets/figure-in-words": ("figure", "三个月"),
    "buckets/figure-sum": ("figure", "五百元"),
    "buckets/mention-law": ("mention", "新示例法"),
    "buckets/mention-article": ("mention", "《示例法》第三条"),
    "buckets/mention-bare-article": ("mention", "第九条"),
    "buckets/phone": ("phone", "0471-1234567"),
    "buckets/phone-short": ("phone", "96999"),
    "buckets/hotline": ("phone", "12399"),
    "buckets/address": ("address", "路18号"),
    "buckets/web-address": ("address", "www."),
    "buckets/variants": ("variants", "5 distinct"),
    "buckets/too-short": ("length", "not 120 to 500"),
    "buckets/too-long": ("length", "not 120 to 500"),
    "buckets/related": ("related", "kites/none"),
    "buckets/route": ("routes", "kites/none"),
    "buckets/route-twice": ("routes", "twice"),
    "buckets/matter-type": ("matter_type", "bucket_theft"),
    "buckets/stale": ("stale", "示例法实施条例"),
    "buckets/repeated-key": ("format", "twice"),
    "buckets/unknown-key": ("format", "kiosk"),
    "buckets/missing-key": ("format", "aid"),
    "buckets/no-front-matter": ("format", "---"),
    "buckets/wrong-id": ("format", "buckets/other"),
    "buckets/wrong-topic": ("format", "kites"),
    "buckets/article-form": ("format", "第2条"),
    "buckets/review-without-name": ("format", "reviewed_by"),
    "buckets/unknown-section": ("format", "带好"),
    "buckets/section-order": ("format", "out of order"),
    "buckets/next-few-ways": ("asked_next", "2 ways, 3 needed"),
    "buckets/next-same-way": ("asked_next", "桶丢了咋办"),
    "buckets/next-too-long": ("asked_next", "not 12 to 160"),
    "buckets/next-figure": ("figure", "45天"),
    "buckets/next-mention": ("mention", "《示例法》第三条"),
    "buckets/next-citation-for-the-card": ("figure", "二百元"),
    "buckets/next-unknown-key": ("format", "from"),
    "spoons/topic": ("topic", "spoons"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_entry_is_refused_for_its_own_reason_only(
    name: str, content: Path, statutes: Statutes
) -> None:
    path = BROKEN / f"{name}.md"
    report = verify(content, BROKEN, statutes, [path])
    rule, reason = EXPECTED[name]
    assert {finding.rule for finding in report.findings} == {rule}, report.findings
    assert all(finding.file == path for finding in report.findings)
    assert any(reason in finding.reason for finding in report.findings), report.findings


def test_every_rule_and_every_broken_file_is_tested() -> None:
    assert {rule for rule, _ in EXPECTED.values()} == {*RULES, "format"}
    assert {f"{p.parent.name}/{p.stem}" for p in BROKEN.rglob("*.md")} == set(EXPECTED)


def test_good_entries_pass_and_are_counted(content: Path, statutes: Statutes) -> None:
    report = verify(content, content / "entries", statutes)
    assert report.findings == []
    assert report.counts() == {
        "entries": 3, "variants": 18, "citations": 5, "proofs": 10, "topics": 2,
    }  # fmt: skip


def test_a_path_without_entries_is_an_error(
    tmp_path: Path, content: Path, statutes: Statutes
) -> None:
    with pytest.raises(ContentError, match="no entry files"):
        verify(content, content / "entries", statutes, [tmp_path])


def test_the_command_exits_with_1_on_a_finding_and_0_without(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    statutes = str(Path(__file__).parent.parent / "fixtures" / "statutes.jsonl")
    monkeypatch.setenv("CONTENT_DIR", str(content))
    assert main(["verify", "--statutes", statutes]) == 0
    assert "3 entries, 18 variants" in capsys.readouterr().out
    entry = content / "entries" / "buckets" / "deposit.md"
    assert main(["verify", "--statutes", statutes, str(entry)]) == 0
    assert "1 entries" in capsys.readouterr().out
    assert main(["verify", "--statutes", statutes, str(BROKEN / "buckets" / "stale.md")]) == 1
    assert "[format] not in" in capsys.readouterr().out


@pytest.mark.statutes
def test_the_entries_of_the_project_hold_against_the_statute_texts(
    real_statutes: Statutes,
) -> None:
    from knowledge.settings import Settings

    settings = Settings()
    report = verify(settings.content_dir, settings.entries_dir, real_statutes)
    assert [str(finding) for finding in report.findings] == []


def test_without_statute_texts_the_command_says_what_it_left_out(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(content))
    monkeypatch.setenv("STATUTES_PATH", "")
    assert main(["verify"]) == 0
    printed = capsys.readouterr().out
    assert "citations and proofs not checked" in printed
    assert "STATUTES_PATH" in printed
    assert main(["verify", str(BROKEN / "buckets" / "stale.md")]) == 1
