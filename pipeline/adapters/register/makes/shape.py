"""Whether a register on a PostgreSQL server still has its tables and guards, and its rows their references."""

import re

from pipeline.adapters.register.makes import schema as makes
from pipeline.adapters.register.makes.base import Database
from pipeline.adapters.register.makes.schema import POSTGRESQL

_OBJECTS = """
WITH here AS (
    SELECT oid, relname, relkind, relrowsecurity, relforcerowsecurity, relhassubclass, relispartition, reloptions
    FROM pg_class WHERE relnamespace = {schema}
)
SELECT relname::text, concat_ws(' ', relkind, relrowsecurity, relforcerowsecurity, relhassubclass, relispartition,
        reloptions, EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = here.oid))
    FROM here WHERE relkind <> 'i'
UNION ALL SELECT relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attnum,
        attcollation::regcollation, attgenerated, pg_get_expr(adbin, adrelid))
    FROM here JOIN pg_attribute ON attrelid = here.oid LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
    WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
UNION ALL SELECT conname::text, concat_ws(' ', pg_get_constraintdef(pg_constraint.oid), convalidated)
    FROM here JOIN pg_constraint ON conrelid = here.oid
UNION ALL SELECT indexrelid::regclass::text, concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid, indisready)
    FROM here JOIN pg_index ON indrelid = here.oid
UNION ALL SELECT tgname::text, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled)
    FROM here JOIN pg_trigger ON tgrelid = here.oid WHERE NOT tgisinternal
UNION ALL SELECT relname || '的外键', concat_ws(' ', tgfoid::regproc, tgenabled, count(*))
    FROM here JOIN pg_trigger ON tgrelid = here.oid WHERE tgisinternal GROUP BY relname, tgfoid, tgenabled
UNION ALL SELECT proname::text, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = {schema}
    AND prokind IN ('f', 'p')
UNION ALL SELECT rulename::text, pg_get_ruledef(pg_rewrite.oid) FROM here JOIN pg_rewrite ON ev_class = here.oid
UNION ALL SELECT polname::text, 'policy' FROM here JOIN pg_policy ON polrelid = here.oid
"""
"""Names and definitions of everything that makes a register what it is."""
_REFERENCES = (
    ("batches", "letter", "templates", "sha256"),
    ("batches", "receipt", "templates", "sha256"),
    ("letters", "year, batch", "batches", "year, number"),
    ("letters", "year, unit, replaces", "letters", "year, unit, number"),
    ("journal", "event", "events", "id"),
)


def altered(database: Database, schema: str) -> list[str]:
    """Names of what is not as this program makes it.

    What this program makes is made for a moment, as temporary tables: the server itself words both, so its version
    does not matter.
    """
    found = _objects(database, f"'{schema}'::regnamespace", schema)
    found |= {
        (name, "not logged")
        for (name,) in database.execute(
            "SELECT relname FROM pg_catalog.pg_class"
            f" WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r' AND relpersistence <> 'p'"
        )
    }
    database.execute("SAVEPOINT reference")
    try:
        for statement in makes.statements(POSTGRESQL):
            database.execute(statement.replace(f"{schema}.", "pg_temp."))
        ours = _objects(database, "pg_my_temp_schema()", schema)
    finally:
        database.execute("ROLLBACK TO reference")
    return sorted({name for name, _ in ours ^ found})


def _objects(database: Database, oid: str, schema: str) -> set[tuple[str, str]]:
    prefix = re.compile(rf"\b(?:pg_temp(?:_\d+)?|{schema})\.")
    rows = database.execute(_OBJECTS.format(schema=oid))
    return {(prefix.sub("", name), prefix.sub("", definition)) for name, definition in rows}


def dangling(database: Database) -> list[str]:
    """References that lead nowhere: foreign keys are not looked at in a session that calls itself a replica."""
    return [
        f"{table} 的 {columns}"
        for table, columns, other, key in _REFERENCES
        if database.execute(
            f"SELECT 1 FROM {table} here WHERE NOT EXISTS (SELECT 1 FROM {other} there"
            f" WHERE ({_of('there', key)}) = ({_of('here', columns)}))"
            f" AND {columns.rpartition(' ')[2]} IS NOT NULL LIMIT 1"
        ).fetchone()
    ]


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column}" for column in columns.split(", "))
