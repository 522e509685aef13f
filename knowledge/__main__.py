"""Command line: see `python -m knowledge --help`."""

import argparse
import json
import sys
from pathlib import Path

from knowledge.errors import KnowledgeError, StatutesError
from knowledge.labels import LABELS
from knowledge.settings import ROOT, SHARED, Settings

NO_STATUTES = "no statute texts: set STATUTES_PATH or give --statutes FILE (.jsonl or .jsonl.gz)"

BENCH = SHARED / "bench"
FOLLOW_UPS = ROOT / "tests" / "knowledge" / "follow_ups.yml"
LINES = SHARED / "questions" / "citizen_questions.txt"
MORE = [BENCH / "cited_questions.jsonl", BENCH / "statute_queries.train.jsonl"]
NOISY = [BENCH / "cited_questions.jsonl", BENCH / "follow_ups.jsonl"]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options, Settings()))
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify = commands.add_parser("verify", help="check entries against the statute texts")
    verify.add_argument("--statutes", type=Path, help="statute file; default STATUTES_PATH")
    verify.add_argument("paths", nargs="*", type=Path, help="entry files or folders; default all")
    verify.set_defaults(run=_verify)
    record = commands.add_parser("record", help="note the texts that entries were checked against")
    record.add_argument("--statutes", type=Path, help="statute file; default STATUTES_PATH")
    record.add_argument("paths", nargs="*", type=Path, help="entry files or folders; default all")
    record.set_defaults(run=_record)
    stale = commands.add_parser("stale", help="entries whose laws have changed since")
    stale.add_argument("--statutes", type=Path, help="statute file; default STATUTES_PATH")
    stale.add_argument("--json", action="store_true", help="on one line")
    stale.set_defaults(run=_stale)
    build = commands.add_parser("build", help="build the search index if it is out of date")
    build.set_defaults(run=_build)
    search = commands.add_parser("search", help="search entries and articles; prints JSON")
    search.add_argument("query")
    search.add_argument("-k", type=int, default=5, help="hits of each kind; default 5")
    search.add_argument("--context", help="the question before this one")
    search.add_argument("--entry", help="the id of the entry that was shown last")
    search.add_argument("--json", action="store_true", help="on one line")
    search.set_defaults(run=_search)
    triage = commands.add_parser("triage", help="first guesses at a message's topic and matter")
    triage.add_argument("text")
    triage.add_argument("--json", action="store_true", help="on one line")
    triage.set_defaults(run=_triage)
    serve = commands.add_parser("serve", help="serve /lookup (and /v1 if INTERNAL_KEY is set)")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8084)
    serve.set_defaults(run=_serve)
    evaluate = commands.add_parser("evaluate", help="how well articles, or entries, are found")
    what = evaluate.add_mutually_exclusive_group(required=True)
    what.add_argument("--queries", type=Path, help="over all articles; lines of query, relevant")
    what.add_argument("--entries", action="store_true", help="each variant left out in turn")
    what.add_argument("--next", action="store_true", help="what is asked on after an entry")
    what.add_argument(
        "--follow-ups",
        type=Path,
        nargs="?",
        const=FOLLOW_UPS,
        metavar="FILE",
        help="conversations whose last turn leans on those before it; default those of the tests",
    )
    what.add_argument(
        "--triage",
        choices=("tune", "test"),
        help="guesses on citizens' questions with labels for this use; tune is learnt from",
    )
    evaluate.add_argument(
        "--conversations",
        type=Path,
        default=BENCH / "follow_ups.jsonl",
        help="with --follow-ups: conversations with guessed articles",
    )
    evaluate.add_argument("--statutes", type=Path, help="statute file; default STATUTES_PATH")
    evaluate.add_argument(
        "--hold-out",
        type=int,
        metavar="FOLD",
        help="with --entries and --next: only the fold 0 to 4 that the encoder was trained"
        " without; the shipped one knows all variants, so it looks too good (--next needs a fold)",
    )
    evaluate.add_argument("--json", action="store_true", help="on one line")
    evaluate.set_defaults(run=_evaluate)
    train = commands.add_parser("train", help="train the encoder that ships with the project")
    train.add_argument("--statutes", type=Path, help="statute file; default STATUTES_PATH")
    train.add_argument("--questions", type=Path, default=BENCH / "statute_queries.train.jsonl")
    train.add_argument("--noisy", type=Path, nargs="*", default=NOISY)
    train.add_argument("--lines", type=Path, default=LINES)
    train.add_argument("--out", type=Path, help="model folder; default EMBEDDING_MODEL")
    train.add_argument("--hold-out", type=int, metavar="FOLD", help="leave fold 0 to 4 out")
    train.set_defaults(run=_train)
    known = commands.add_parser("train-entries", help="train the classifier beside the encoder")
    known.add_argument("--labels", type=Path, default=LABELS, help="default: those of the project")
    known.add_argument("--lines", type=Path, default=LINES, help="citizens' questions")
    known.add_argument("--more", type=Path, nargs="*", default=MORE, help="labelled questions")
    known.add_argument("--out", type=Path, help="model folder; default EMBEDDING_MODEL")
    known.add_argument(
        "--hold-out",
        type=int,
        metavar="FOLD",
        help="leave out the variants of the fold 0 to 4 that the encoder was trained without, and"
        " the citizens' questions, which some of them paraphrase",
    )
    known.set_defaults(run=_train_entries)
    routes = commands.add_parser("train-triage", help="train the guesses at topics and matters")
    routes.add_argument("--labels", type=Path, default=LABELS, help="default: those of the project")
    routes.add_argument("--lines", type=Path, default=LINES)
    routes.add_argument("--out", type=Path, help="folder; default TRIAGE_DIR")
    routes.set_defaults(run=_train_triage)
    fuse = commands.add_parser("fuse", help="train the re-ranking networks beside the encoder")
    fuse.add_argument("folds", type=Path, nargs="+", help="encoders made by train --hold-out")
    fuse.add_argument("--statutes", type=Path, help="statute file; default STATUTES_PATH")
    fuse.add_argument("--labels", type=Path, default=LABELS, help="default: those of the project")
    fuse.add_argument("--lines", type=Path, default=LINES)
    fuse.add_argument("--out", type=Path, help="model folder; default EMBEDDING_MODEL")
    fuse.set_defaults(run=_fuse)
    return parser


def _statutes_path(given: Path | None, settings: Settings) -> Path:
    path = given or settings.statutes_path
    if path is None:
        raise StatutesError(NO_STATUTES)
    return path


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge.statutes import Statutes
    from knowledge.verify import verify

    path = options.statutes or settings.statutes_path
    statutes = Statutes.load(path) if path else None
    report = verify(settings.content_dir, settings.entries_dir, statutes, options.paths or None)
    for finding in report.findings:
        print(finding)
    print(", ".join(f"{count} {name}" for name, count in report.counts().items()))
    if report.findings:
        print(f"{len(report.findings)} problems")
    elif statutes is None:
        print(f"citations and proofs not checked, all else passed; {NO_STATUTES}")
    else:
        print("all checks passed")
    return 1 if report.findings else 0


def _record(options: argparse.Namespace, settings: Settings) -> int:
    """Nothing is noted while an entry has other problems than being stale."""
    from knowledge import freshness
    from knowledge.entries import ids
    from knowledge.statutes import Statutes
    from knowledge.verify import verify

    statutes = Statutes.load(_statutes_path(options.statutes, settings))
    report = verify(settings.content_dir, settings.entries_dir, statutes, options.paths or None)
    problems = [finding for finding in report.findings if finding.rule != "stale"]
    for finding in problems:
        print(finding)
    if problems:
        print("nothing recorded: correct these first")
        return 1
    freshness.record(settings.content_dir, report.entries, ids(settings.entries_dir), statutes)
    print(f"{len(report.entries)} entries recorded as checked against these texts")
    return 0


def _stale(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import freshness
    from knowledge.entries import load_all
    from knowledge.statutes import Statutes

    statutes = Statutes.load(_statutes_path(options.statutes, settings))
    checked = freshness.load(settings.content_dir)
    entries = load_all(settings.entries_dir)
    found = {e.id: freshness.changes(e, checked, statutes) for e in entries}
    stale = {entry: changes for entry, changes in found.items() if changes}
    if options.json:
        _print({entry: [vars(change) for change in stale[entry]] for entry in stale}, True)
    else:
        for entry, changes in stale.items():
            print(entry, *changes, sep="\n  ")
        print(f"{len(stale)} of {len(entries)} entries are stale")
    return 1 if stale else 0


def _build(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import index

    index.build(settings, _say)
    return 0


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import payload
    from knowledge.search import Searcher

    searcher = Searcher.load(settings, _say)
    results = searcher.search(options.query, options.k, options.context, options.entry)
    _print(payload.results(results, searcher), options.json)
    return 0


def _triage(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import train_triage

    _print(vars(train_triage.load(settings).guess(options.text)), options.json)
    return 0


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from aiohttp import web

    from knowledge import lookup, server
    from knowledge.search import Searcher

    searcher = Searcher.load(settings, _say)
    app = server.create_api(searcher, settings.internal_key) if settings.internal_key else None
    app = app or web.Application()
    app.add_subapp("/lookup", lookup.create_app(searcher))
    web.run_app(app, host=options.host, port=options.port)
    return 0


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import evaluate_entries, evaluate_next, train_triage
    from knowledge.entries import load_all
    from knowledge.evaluate import evaluate, read_queries
    from knowledge.ranking import Ranking
    from knowledge.reranker import EntryRanker
    from knowledge.statutes import Statutes

    content, model = settings.content_dir, settings.embedding_model
    if options.follow_ups:
        _print(_follow_ups(options, settings), options.json)
        return 0
    if options.triage:
        _print(train_triage.evaluate(settings, LINES, options.triage), options.json)
        return 0
    if options.entries:
        entries = load_all(settings.entries_dir)
        asked = evaluate_entries.left_out(entries, content, model, options.hold_out)
        strange = evaluate_entries.off_topic(entries, content, model)
        ranker = EntryRanker.load(Ranking.load(content), Path(model))
        _print(evaluate_entries.measure(asked, strange, ranker), options.json)
        return 0
    if options.next:
        if options.hold_out is None:
            raise KnowledgeError("--next needs --hold-out FOLD")
        entries = load_all(settings.entries_dir)
        _print(evaluate_next.measure(entries, content, model, options.hold_out), options.json)
        return 0
    statutes = Statutes.load(_statutes_path(options.statutes, settings))
    _print(evaluate(statutes, read_queries(options.queries), model, content), options.json)
    return 0


def _follow_ups(options: argparse.Namespace, settings: Settings) -> dict[str, object]:
    from knowledge import evaluate_follow_ups
    from knowledge.search import Searcher

    searcher = Searcher.load(settings, _say)
    cases = evaluate_follow_ups.read_cases(options.follow_ups)
    found: dict[str, object] = dict(evaluate_follow_ups.measure(searcher, cases))
    if settings.statutes_path and options.conversations.exists():
        guessed = evaluate_follow_ups.read_conversations(options.conversations)
        found["conversations"] = evaluate_follow_ups.measure_articles(searcher, guessed)
    return found


def _print(content: object, one_line: bool) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=None if one_line else 1))


def _train(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import lay_questions
    from knowledge.entries import load_all
    from knowledge.statutes import Statutes
    from knowledge.train import Data, Recipe, train

    articles = Statutes.load(_statutes_path(options.statutes, settings)).articles
    entries = load_all(settings.entries_dir)
    asked = lay_questions.load(settings.content_dir, articles)
    data = Data.read(articles, entries, asked, options.questions, options.noisy, options.lines)
    if options.hold_out is not None:
        data.hold_out(options.hold_out, Recipe.seed)
    train(data, options.out or Path(settings.embedding_model), _say)
    return 0


def _train_entries(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import labels, train_entries
    from knowledge.entries import load_all
    from knowledge.normalise import Words

    def answered(files: list[Path]) -> list[tuple[str, str]]:
        if options.hold_out is not None or not all(file.exists() for file in files):
            return []
        asked = labels.labelled(files, "written", options.labels)
        return [(question, label.entries[0]) for question, label in asked if label.entries]

    train_entries.train(
        load_all(settings.entries_dir),
        answered([options.lines]),
        answered(options.more),
        Words.load(settings.content_dir),
        options.out or Path(settings.embedding_model),
        options.hold_out,
        _say,
    )
    return 0


def _train_triage(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import train_triage

    triage = train_triage.train(settings, options.lines, options.labels)
    triage.save(options.out or settings.triage_dir)
    return 0


def _fuse(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import labels
    from knowledge.entries import load_all
    from knowledge.fuse import fuse
    from knowledge.statutes import Statutes

    articles = Statutes.load(_statutes_path(options.statutes, settings)).articles
    out = options.out or Path(settings.embedding_model)
    entries = load_all(settings.entries_dir)
    asked = labels.labelled([options.lines], "learn", options.labels)
    fuse(articles, entries, options.folds, asked, settings.content_dir, out, _say)
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
