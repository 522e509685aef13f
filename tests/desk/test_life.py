"""The life of cases, played through in every order: no two living cases, no word lost."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

import tests.desk.citizens
from desk import Desk, DeskError, NewCase, queue_order
from desk.accounts import Lawyer
from desk.cases import LIVING, OWNER
from desk.tables import Account, Base, Case, CaseEvent
from desk.timing import TIMING
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import Clock, _begin, _configure

CITIZENS = st.sampled_from(["c1", "c2", "c3"])
LAWYERS = st.integers(0, 1)
CASES = st.integers(1, 8)


class Life(RuleBasedStateMachine):
    """Three citizens and two lawyers do anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.said: dict[str, list[str]] = {}
        self.clock = Clock()
        self.number = 0
        self.run(self.set_up())

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    async def set_up(self) -> None:
        self.engine = create_async_engine(f"sqlite+aiosqlite:///{Path(self.folder.name)}/d.db")
        event.listen(self.engine.sync_engine, "connect", _configure)
        event.listen(self.engine.sync_engine, "begin", _begin)
        async with self.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
            await connection.run_sync(tests.desk.citizens.Base.metadata.create_all)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self.citizens = StoredCitizens(self.sessions)
        self.desk = Desk(self.sessions, self.citizens, "key", now=self.clock)
        async with self.sessions.begin() as session:
            for name in ("甲", "乙"):
                session.add(Account(name=name, password_hash="x", display_name=name, capacity=2))
        self.lawyers = [Lawyer(1, "甲", 0), Lawyer(2, "乙", 0)]

    def teardown(self) -> None:
        self.run(self.engine.dispose())
        self.loop.close()
        self.folder.cleanup()

    def tries(self, work: Any) -> bool:
        """Does something that the desk may refuse."""
        try:
            self.run(work)
        except DeskError:
            return False
        return True

    @rule(citizen=CITIZENS, urgency=st.sampled_from(["normal", "deadline", "danger"]))
    def asks(self, citizen: str, urgency: Any) -> None:
        async def ask() -> None:
            async with self.sessions.begin() as session:
                new = NewCase(conversation=citizen, question="?", reason="r", urgency=urgency)
                await self.desk.open_case(session, new)

        self.run(ask())

    @rule(citizen=CITIZENS, text=st.sampled_from(["1", "2", "3", "5", "13800000000", "在吗"]))
    def types(self, citizen: str, text: str) -> None:
        async def say() -> None:
            async with self.sessions.begin() as session:
                if await self.desk.standing(session, citizen):
                    await self.desk.wrote(session, citizen)
                await self.desk.heard(session, citizen, text)

        self.run(say())

    @rule(citizen=CITIZENS)
    def withdraws(self, citizen: str) -> None:
        async def take_back() -> None:
            async with self.sessions.begin() as session:
                await self.desk.withdraw(session, citizen)

        self.run(take_back())

    @rule(case=CASES, who=LAWYERS)
    def claims(self, case: int, who: int) -> None:
        self.tries(self.desk.claim(case, self.lawyers[who]))

    @rule(case=CASES, who=LAWYERS)
    def replies(self, case: int, who: int) -> None:
        self.number += 1
        text = f"第{self.number}句"
        if self.tries(self.desk.reply(case, self.lawyers[who], text)):
            conversation = self.run(self.case(case)).conversation
            self.said.setdefault(conversation, []).append(text)

    @rule(case=CASES, who=LAWYERS)
    def releases(self, case: int, who: int) -> None:
        self.tries(self.desk.release(case, self.lawyers[who]))

    @rule(case=CASES, who=LAWYERS)
    def transfers(self, case: int, who: int) -> None:
        self.tries(self.desk.transfer(case, self.lawyers[who], self.lawyers[1 - who].id))

    @rule(case=CASES, who=LAWYERS)
    def snoozes(self, case: int, who: int) -> None:
        until = self.clock() + timedelta(minutes=30)
        self.tries(self.desk.snooze(case, self.lawyers[who], until))

    @rule(case=CASES, who=LAWYERS)
    def resolves(self, case: int, who: int) -> None:
        self.tries(self.desk.resolve(case, self.lawyers[who], "advised"))

    @rule(case=CASES, who=LAWYERS)
    def reopens(self, case: int, who: int) -> None:
        self.tries(self.desk.reopen(case, self.lawyers[who]))

    @rule(who=LAWYERS)
    def comes(self, who: int) -> None:
        now = self.clock()
        self.run(self.desk.add_duty(who + 1, now, now + timedelta(minutes=45)))
        self.run(self.desk.arrived(self.lawyers[who]))

    @rule(minutes=st.sampled_from([1, TIMING.offer_minutes, TIMING.away_minutes + 1, 45]))
    def time_passes(self, minutes: int) -> None:
        self.clock.passes(minutes=minutes)
        self.run(self.desk.sweep())

    async def case(self, case_id: int) -> Case:
        async with self.sessions() as session:
            return await session.get_one(Case, case_id)

    @invariant()
    def each_conversation_has_one_living_case_and_the_right_one_speaks(self) -> None:
        async def check() -> None:
            async with self.sessions() as session:
                living = list(await session.scalars(select(Case).where(Case.status.in_(LIVING))))
            assert len({case.conversation for case in living}) == len(living)
            owners = {case.conversation: OWNER[case.status] for case in living}
            for citizen in ("c1", "c2", "c3"):
                assert await self.citizens.owner(citizen) == owners.get(citizen, "bot")
            for case in living:
                assert (case.lawyer_id is not None) or case.status != "open"

        self.run(check())

    @invariant()
    def every_word_of_a_lawyer_has_arrived_once_in_order(self) -> None:
        for citizen, texts in self.said.items():
            heard = self.run(self.citizens.heard(citizen))
            assert [text for author, text, _ in heard if author == "lawyer"] == texts

    @invariant()
    def places_follow_the_order(self) -> None:
        async def check() -> None:
            now = self.clock()
            async with self.sessions() as session:
                pending = list(
                    await session.scalars(
                        select(Case)
                        .where(Case.status == "pending")
                        .order_by(*queue_order.order(now))
                    )
                )
                places = [await self.desk.position(session, case.id) for case in pending]
            assert places == list(range(1, len(pending) + 1))
            ranks = [queue_order.rank_of(case, now) for case in pending]
            assert ranks == sorted(ranks)

        self.run(check())

    @invariant()
    def no_event_is_ever_taken_away(self) -> None:
        async def check() -> None:
            async with self.sessions() as session:
                ids = list(await session.scalars(select(CaseEvent.id).order_by(CaseEvent.id)))
            assert ids == list(range(1, len(ids) + 1))

        self.run(check())


Life.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_life_of_cases = Life.TestCase
