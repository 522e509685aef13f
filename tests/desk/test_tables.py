"""The migrations make exactly the tables that the code uses, and keep what is in them."""

import importlib

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

desk_tables = importlib.import_module("migrations.versions.0002_desk")
promises = importlib.import_module("migrations.versions.0006_desk_promises")

CASE = {
    "urgency": "normal",
    "reason": "asked",
    "question": "老板拖欠工资",
    "facts": "[]",
    "opened_at": "2026-11-02 09:00:00.000000",
}
REPLIES = ("2026-11-02 09:07:00.000000", "2026-11-02 09:30:00.000000")


@pytest.fixture
def context() -> MigrationContext:
    return MigrationContext.configure(sa.create_engine("sqlite://").connect())


def rows(context: MigrationContext, query: str) -> list[tuple[object, ...]]:
    assert context.connection is not None
    return [tuple(row) for row in context.connection.execute(sa.text(query))]


def put(context: MigrationContext, table: str, **values: object) -> None:
    assert context.connection is not None
    columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in values]
    context.connection.execute(sa.table(table, *columns).insert().values(values))


def test_the_migration_follows_the_gateways() -> None:
    assert (desk_tables.revision, desk_tables.down_revision) == ("0002", "0001")


def test_cases_accounts_and_events_are_kept_and_get_their_new_names_and_back(
    context: MigrationContext,
) -> None:
    with Operations.context(context):
        desk_tables.upgrade()
        put(
            context,
            "accounts",
            id=1,
            name="jia",
            password_hash="x",
            display_name="律师甲",
            failed_logins=0,
            session_number=0,
            created_at=CASE["opened_at"],
        )
        for number, status in enumerate(("waiting", "claimed", "resolved", "held"), 1):
            put(context, "cases", id=number, conversation=f"c{number}", status=status, **CASE)
        put(context, "case_events", case_id=2, kind="claimed", at=CASE["opened_at"], detail="{}")
        for at in REPLIES:
            put(context, "case_events", case_id=2, kind="replied", at=at, detail="{}")
        promises.upgrade()
        assert rows(context, "SELECT status, priority, language FROM cases ORDER BY id") == [
            ("pending", 0, "zh"),
            ("open", 0, "zh"),
            ("resolved", 0, "zh"),
            ("held", 0, "zh"),
        ]
        assert rows(context, "SELECT kind FROM case_events ORDER BY id") == [
            ("assigned",),
            ("replied",),
            ("replied",),
        ]
        assert rows(context, "SELECT assigned_at, first_reply_at FROM cases WHERE id = 2") == [
            (CASE["opened_at"], REPLIES[0])
        ]
        assert rows(context, "SELECT capacity, languages FROM accounts") == [(5, '["zh"]')]
        with pytest.raises(sa.exc.IntegrityError):
            put(context, "cases", conversation="c1", status="snoozed", **{**CASE, "groups": "[]"})
        put(context, "cases", id=5, conversation="c5", status="snoozed", **CASE)
        promises.downgrade()
    assert rows(context, "SELECT status FROM cases ORDER BY id") == [
        ("waiting",),
        ("claimed",),
        ("resolved",),
        ("held",),
        ("waiting",),
    ]
    assert rows(context, "SELECT DISTINCT kind FROM case_events") == [("claimed",), ("replied",)]
