"""From one version of the schema to the next, once for each make."""

from pipeline.adapters.register.makes.schema import POSTGRESQL, SQLITE

ENGINE_IN = (
    "CASE WHEN request LIKE 'letters% --engine form' THEN 'form'"
    " WHEN request LIKE 'letters% --engine office' THEN 'office' ELSE '' END"
)
"""The engine in the words of a command, as version 1 kept it."""
REASON_IN = (
    "CASE WHEN request LIKE 'register replace %'"
    " THEN substr(ltrim(substr(request, 18), '0123456789-'), 11) ELSE '' END"
)
"""The reason in the words of a command, as version 1 kept it: behind the letter's key and ``--reason``."""
STEPS: dict[int, dict[str, str]] = {
    1: {
        SQLITE: f"""
ALTER TABLE batches ADD COLUMN engine TEXT NOT NULL DEFAULT '';
ALTER TABLE batches ADD COLUMN reason TEXT NOT NULL DEFAULT '';
UPDATE batches SET engine = {ENGINE_IN}, reason = {REASON_IN};
DROP TRIGGER batches_keep_identity;
CREATE TRIGGER batches_keep_identity
BEFORE UPDATE OF year, number, request, reserved_at, county, office, book_size, engine, reason ON batches
BEGIN SELECT RAISE(ABORT, 'a numbered batch does not change'); END;
""",
        POSTGRESQL: f"""
ALTER TABLE letter_register.batches
    ADD COLUMN engine text NOT NULL DEFAULT '',
    ADD COLUMN reason text NOT NULL DEFAULT '';
UPDATE letter_register.batches SET engine = {ENGINE_IN}, reason = {REASON_IN};
DROP TRIGGER batches_keep_identity ON letter_register.batches;
CREATE TRIGGER batches_keep_identity
    BEFORE UPDATE OF year, number, request, reserved_at, county, office, book_size, engine, reason
    ON letter_register.batches
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a numbered batch does not change');
ALTER TABLE letter_register.batches ENABLE ALWAYS TRIGGER batches_keep_identity;
""",
    }
}
"""Version → for each make, the statements that lead from it to the next one, run in one transaction.

They must leave exactly what ``schema.sql`` and ``schema_postgresql.sql`` make: an audit compares.
"""
