"""The migration makes exactly the table that the code uses."""

import importlib

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from aid.tables import Base

migration = importlib.import_module("migrations.versions.0003_aid")


def test_upgrading_makes_the_table_and_downgrading_removes_it() -> None:
    assert (migration.revision, migration.down_revision) == ("0003", "0002")
    connection = create_engine("sqlite://").connect()
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    with Operations.context(context):
        migration.upgrade()
        assert compare_metadata(context, Base.metadata) == []
        migration.downgrade()
    assert len(compare_metadata(context, Base.metadata)) > 0
