"""The migration makes exactly the tables that the code uses."""

import importlib

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from desk.tables import Base

migration = importlib.import_module("migrations.versions.0002_desk")


@pytest.fixture
def context() -> MigrationContext:
    connection = create_engine("sqlite://").connect()
    return MigrationContext.configure(connection, opts={"compare_type": True})


def test_the_migration_follows_the_gateways() -> None:
    assert (migration.revision, migration.down_revision) == ("0002", "0001")


def test_upgrading_makes_the_tables_and_downgrading_removes_them(
    context: MigrationContext,
) -> None:
    with Operations.context(context):
        migration.upgrade()
        assert compare_metadata(context, Base.metadata) == []
        migration.downgrade()
    assert len(compare_metadata(context, Base.metadata)) > 0
