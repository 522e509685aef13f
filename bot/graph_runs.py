"""Running Rasa's graph of components one after the other, in an order that is found once.

Rasa has Dask plan each run of a dozen components anew, three runs in a turn, and writes the
tracker into a line of the debug log that nobody reads: together 6% of a turn.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

Order = list[tuple[str, list[str]]]


def run_in_order() -> None:
    """Let every graph run so. Calling it again changes nothing."""
    DaskGraphRunner.run = _run


def _run(
    runner: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """Return what the targets give out, by their names.

    Raises:
        GraphRunError: a component lacks an input, or could not be run.
    """
    wanted = targets or runner._graph_schema.target_names
    known = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, needs in _order(runner, tuple(wanted)):
            known[name] = runner._instantiated_nodes[name](*[known.get(one, one) for one in needs])
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(known[name] for name in wanted)


def _order(runner: DaskGraphRunner, targets: tuple[str, ...]) -> Order:
    """Return the components that targets need, each with what it needs, and after all of that."""
    orders: dict[tuple[str, ...], Order] = runner.__dict__.setdefault("orders", {})
    if targets not in orders:
        orders[targets] = []
        for target in targets:
            _append(runner._graph_schema, target, orders[targets])
    return orders[targets]


def _append(schema: GraphSchema, name: str, order: Order) -> None:
    if name not in schema.nodes or any(name == earlier for earlier, _ in order):
        return  # an input, or there already
    needs = list(schema.nodes[name].needs.values())
    for need in needs:
        _append(schema, need, order)
    order.append((name, needs))
