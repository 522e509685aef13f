"""Broken deliveries never bring a 500 or a traceback; the long run is `bench.fuzz_callback`."""

from bench.fuzz_callback import fuzz


async def test_two_thousand_broken_deliveries_are_refused_or_answered() -> None:
    answers, wrong, _ = await fuzz(2_000, seed=20261122)
    assert wrong == []
    assert set(answers) == {"200", "400", "403"}
