"""The graph gives what Rasa's own way of running it gives; a component without its input fails."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from bot.graph_runs import run_in_order

THEIRS = DaskGraphRunner.run


class Adds:
    """A node that notes that it ran and adds up what it is given."""

    def __init__(self, name: str, ran: list[str]) -> None:
        """Take the name of the node and the list to note it in."""
        self._name, self._ran = name, ran

    def __call__(self, *given: Any) -> tuple[str, int]:
        """Return the name and one more than the sum."""
        self._ran.append(self._name)
        if any(isinstance(one, str) for one in given):
            raise GraphRunError("missing input")
        return self._name, 1 + sum(value for _, value in given)


def runner(ran: list[str], **needs: list[str]) -> DaskGraphRunner:
    nodes = {
        name: SchemaNode({one: one for one in needed}, Adds, "", "", {}, is_target=name == "last")
        for name, needed in needs.items()
    }
    made = DaskGraphRunner.__new__(DaskGraphRunner)
    made._graph_schema = GraphSchema(nodes)
    made._instantiated_nodes = {name: Adds(name, ran) for name in nodes}
    made._execution_context = None
    return made


@pytest.fixture(autouse=True)
def _in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DaskGraphRunner, "run", THEIRS)
    run_in_order()


def test_each_component_runs_once_and_after_what_it_needs() -> None:
    ran: list[str] = []
    graph = runner(ran, last=["left", "right"], left=["first"], right=["first"], first=["given"])
    for _ in range(2):
        ran.clear()
        assert graph.run({"given": 5}) == {"last": 15} == THEIRS(graph, {"given": 5})
        assert ran[:4] in (["first", "left", "right", "last"], ["first", "right", "left", "last"])


def test_what_no_target_needs_does_not_run() -> None:
    ran: list[str] = []
    graph = runner(ran, last=["given"], other=["given"])
    assert graph.run({"given": 1}) == {"last": 2}
    assert ran == ["last"]
    assert graph.run({"given": 1}, targets=["other"]) == {"other": 2}


def test_a_missing_input_is_an_error() -> None:
    with pytest.raises(GraphRunError):
        runner([], last=["given"]).run({})


def test_a_trained_model_gives_the_same(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = Agent.load(model)
    ours = asyncio.run(agent.parse_message("说话"))
    monkeypatch.setattr(DaskGraphRunner, "run", THEIRS)
    assert asyncio.run(agent.parse_message("说话")) == ours
