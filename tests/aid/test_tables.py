"""The migrations make exactly the tables that the code uses."""

import importlib

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from aid.tables import Base

MIGRATIONS = [
    importlib.import_module(f"migrations.versions.{name}")
    for name in ("0003_aid", "0008_aid_carried")
]


def test_upgrading_makes_the_tables_and_downgrading_removes_them() -> None:
    connection = create_engine("sqlite://").connect()
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    with Operations.context(context):
        for migration in MIGRATIONS:
            migration.upgrade()
        assert compare_metadata(context, Base.metadata) == []
        for migration in reversed(MIGRATIONS):
            migration.downgrade()
    assert len(compare_metadata(context, Base.metadata)) > 0
