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
    },
    2: {
        SQLITE: """
CREATE TABLE journal (
    event   INTEGER PRIMARY KEY REFERENCES events (id),
    series  TEXT NOT NULL,                  -- whose numbers run by themselves: items, 提醒, 督办, 约谈
    year    INTEGER NOT NULL,
    number  INTEGER NOT NULL CHECK (number > 0),
    act     TEXT NOT NULL,
    unit    TEXT NOT NULL,
    day     TEXT NOT NULL,                  -- when it was done, as the clerk says
    who     TEXT NOT NULL,
    details TEXT NOT NULL                   -- whatever else belongs to the act; JSON
) STRICT;
CREATE INDEX journal_numbers ON journal (year, series, number);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN NEW.event <= (SELECT max(event) FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_gaps BEFORE INSERT ON journal
WHEN NEW.number > 1 + coalesce((SELECT max(number) FROM journal WHERE year = NEW.year AND series = NEW.series), 0)
BEGIN SELECT RAISE(ABORT, 'numbers run without gaps'); END;
""",
        POSTGRESQL: """
CREATE TABLE letter_register.journal (
    event   bigint PRIMARY KEY,
    series  text COLLATE "C" NOT NULL,      -- whose numbers run by themselves: items, 提醒, 督办, 约谈
    year    integer NOT NULL,
    number  integer NOT NULL CHECK (number > 0),
    act     text NOT NULL,
    unit    text NOT NULL,
    day     text NOT NULL,                  -- when it was done, as the clerk says
    who     text NOT NULL,
    details text NOT NULL                   -- whatever else belongs to the act; JSON
);
ALTER TABLE letter_register.journal
    ADD CONSTRAINT journal_event FOREIGN KEY (event) REFERENCES letter_register.events (id);
CREATE INDEX journal_numbers ON letter_register.journal (year, series, number);
CREATE FUNCTION letter_register.journal_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.event <= (SELECT max(event) FROM letter_register.journal) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the journal is append-only';
    END IF;
    IF NEW.number > 1 + coalesce((SELECT max(number) FROM letter_register.journal
                                  WHERE year = NEW.year AND series = NEW.series), 0) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'numbers run without gaps';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON letter_register.journal
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('the journal is append-only');
CREATE TRIGGER journal_no_delete BEFORE DELETE ON letter_register.journal
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('the journal is append-only');
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON letter_register.journal
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('the journal is append-only');
CREATE TRIGGER journal_follows BEFORE INSERT ON letter_register.journal
    FOR EACH ROW EXECUTE FUNCTION letter_register.journal_follows();
ALTER TABLE letter_register.journal
    ENABLE ALWAYS TRIGGER journal_no_update,
    ENABLE ALWAYS TRIGGER journal_no_delete,
    ENABLE ALWAYS TRIGGER journal_no_truncate,
    ENABLE ALWAYS TRIGGER journal_follows;
DO $$
DECLARE
    allowed record;
BEGIN
    FOR allowed IN
        SELECT privilege_type, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS whom
        FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'letter_register.events'::regclass
    LOOP
        EXECUTE format('GRANT %s ON letter_register.journal TO %s', allowed.privilege_type, allowed.whom);
    END LOOP;
END $$;
""",
    },
    3: {
        SQLITE: "ALTER TABLE events ADD COLUMN operator TEXT NOT NULL DEFAULT '';\n",
        POSTGRESQL: "ALTER TABLE letter_register.events ADD COLUMN operator text NOT NULL DEFAULT '';\n",
    },
}
"""Version → for each make, the statements that lead from it to the next one, run in one transaction.

Who may read or write the events of a register on a server may do so in its journal. They must leave exactly what ``schema.sql`` and ``schema_postgresql.sql`` make: an audit compares.
"""
