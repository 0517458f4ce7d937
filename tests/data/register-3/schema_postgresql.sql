-- The register of numbered letters, version 3, as schema.sql makes it, for PostgreSQL.
-- Every name is qualified and every function keeps to its own search path, so that no path of another tool's leads a
-- guard to another table or operator. COLLATE "C" sorts as SQLite does.

CREATE TABLE letter_register.templates (
    sha256 text COLLATE "C" PRIMARY KEY,
    docx   bytea NOT NULL
);

CREATE TABLE letter_register.batches (
    year         integer NOT NULL,
    number       integer NOT NULL CHECK (number > 0),
    request      text NOT NULL,             -- the words of the command
    reserved_at  text NOT NULL,
    county       text NOT NULL,
    office       text NOT NULL,
    book_size    integer NOT NULL,
    letter       text COLLATE "C",
    receipt      text COLLATE "C",
    published_at text,
    manifest     text,                      -- SHA-256 of the published manifest.json
    engine       text NOT NULL DEFAULT '',  -- form or office, where the clerk wanted that one
    reason       text NOT NULL DEFAULT '',  -- why a letter is replaced by the batch's one
    PRIMARY KEY (year, number)
);

CREATE TABLE letter_register.letters (
    year      integer NOT NULL,
    unit      text COLLATE "C" NOT NULL,
    number    integer NOT NULL CHECK (number > 0),
    batch     integer NOT NULL,
    printed   text COLLATE "C" NOT NULL,    -- the serial as printed, without 号
    unit_name text NOT NULL,
    signature text NOT NULL,
    day       text,
    replaces  integer,                      -- number of the unit's letter in whose place it was numbered
    name      text, id_no text, phone text, business text, scope text, address text,
    salt      text NOT NULL,                -- so that the person's digest cannot be guessed back
    person    text NOT NULL,                -- digest of salt and the six fields above; '' on a blank letter
    content   text NOT NULL,                -- digest of everything that is printed
    state     text NOT NULL DEFAULT 'reserved',
    PRIMARY KEY (year, unit, number)
);

CREATE TABLE letter_register.events (
    id       bigint PRIMARY KEY,
    at       text NOT NULL,
    what     text NOT NULL,                 -- the state that the letters came into; released, rebuilt, reprinted, sealed,
                                            -- forgotten
    year     integer NOT NULL,
    unit     text COLLATE "C" NOT NULL,
    first    integer NOT NULL,
    last     integer NOT NULL CHECK (last >= first),
    batch    integer NOT NULL,
    day      text NOT NULL,                 -- when it happened, as the clerk says; '' where the program did it
    who      text NOT NULL,                 -- who received the letters; of reserved and printed ones, digest of the batch's row
    why      text NOT NULL,
    content  text NOT NULL,                 -- digest over the letters' contents, first to last
    previous text NOT NULL,
    hash     text NOT NULL
);

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

-- ---- what follows comes after the rows of a register that is put back

ALTER TABLE letter_register.batches
    ADD CONSTRAINT batches_letter FOREIGN KEY (letter) REFERENCES letter_register.templates (sha256),
    ADD CONSTRAINT batches_receipt FOREIGN KEY (receipt) REFERENCES letter_register.templates (sha256);
ALTER TABLE letter_register.letters
    ADD CONSTRAINT letters_batch FOREIGN KEY (year, batch) REFERENCES letter_register.batches (year, number),
    ADD CONSTRAINT letters_replaced
        FOREIGN KEY (year, unit, replaces) REFERENCES letter_register.letters (year, unit, number);
CREATE UNIQUE INDEX letters_printed ON letter_register.letters (printed);
CREATE UNIQUE INDEX letters_replaces ON letter_register.letters (year, unit, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX letters_of_batch ON letter_register.letters (year, batch);
CREATE INDEX letters_person ON letter_register.letters (year, id_no, business) WHERE id_no IS NOT NULL;

ALTER TABLE letter_register.journal
    ADD CONSTRAINT journal_event FOREIGN KEY (event) REFERENCES letter_register.events (id);
CREATE INDEX journal_numbers ON letter_register.journal (year, series, number);

CREATE FUNCTION letter_register.refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0];
END $$;

CREATE FUNCTION letter_register.events_follow() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.id <= (SELECT max(id) FROM letter_register.events) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'events are append-only';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION letter_register.letters_are_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM letter_register.letters WHERE printed = NEW.printed)
       OR EXISTS (SELECT 1 FROM letter_register.letters
                  WHERE year = NEW.year AND unit = NEW.unit AND number = NEW.number)
       OR EXISTS (SELECT 1 FROM letter_register.letters
                  WHERE year = NEW.year AND unit = NEW.unit AND replaces = NEW.replaces) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'this number is taken';
    END IF;
    RETURN NEW;
END $$;

-- The only change to whom a letter is for: all of it goes, for good, once all was done with the letter and an event says so.
CREATE FUNCTION letter_register.letters_forget() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(NEW.name, NEW.id_no, NEW.phone, NEW.business, NEW.scope, NEW.address) IS NOT NULL OR NEW.salt <> ''
       OR OLD.name IS NULL OR OLD.state NOT IN ('used', 'lost', 'void')
       OR NOT EXISTS (SELECT 1 FROM letter_register.events WHERE what = 'forgotten' AND year = OLD.year
                      AND unit = OLD.unit AND OLD.number BETWEEN first AND last) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'a person on a letter does not change';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION letter_register.batches_are_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM letter_register.batches WHERE year = NEW.year AND number = NEW.number) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'this batch exists';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION letter_register.templates_are_new() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM letter_register.templates WHERE sha256 = NEW.sha256) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'this template exists';
    END IF;
    RETURN NEW;
END $$;

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

CREATE TRIGGER events_no_update BEFORE UPDATE ON letter_register.events
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('events are append-only');
CREATE TRIGGER events_no_delete BEFORE DELETE ON letter_register.events
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('events are append-only');
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON letter_register.events
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('events are append-only');
CREATE TRIGGER events_no_replace BEFORE INSERT ON letter_register.events
    FOR EACH ROW EXECUTE FUNCTION letter_register.events_follow();

CREATE TRIGGER letters_no_delete BEFORE DELETE ON letter_register.letters
    FOR EACH ROW WHEN (OLD.state <> 'reserved')
    EXECUTE FUNCTION letter_register.refuse('a letter that was published stays');
CREATE TRIGGER letters_no_truncate BEFORE TRUNCATE ON letter_register.letters
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a letter that was published stays');
CREATE TRIGGER letters_no_replace BEFORE INSERT ON letter_register.letters
    FOR EACH ROW EXECUTE FUNCTION letter_register.letters_are_new();
CREATE TRIGGER letters_keep_identity
    BEFORE UPDATE OF year, unit, number, batch, printed, unit_name, signature, day, replaces, person, content
    ON letter_register.letters
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a numbered letter does not change');
CREATE TRIGGER letters_keep_person
    BEFORE UPDATE OF name, id_no, phone, business, scope, address, salt ON letter_register.letters
    FOR EACH ROW EXECUTE FUNCTION letter_register.letters_forget();
CREATE TRIGGER letters_begin_reserved BEFORE INSERT ON letter_register.letters
    FOR EACH ROW WHEN (NEW.state <> 'reserved')
    EXECUTE FUNCTION letter_register.refuse('a letter begins reserved');
-- The moves of domain/letters/lifecycle.py.
CREATE TRIGGER letters_keep_to_moves BEFORE UPDATE OF state ON letter_register.letters
    FOR EACH ROW WHEN (OLD.state || ' ' || NEW.state NOT IN (
        'reserved printed',
        'printed distributed', 'printed used', 'printed lost', 'printed void',
        'distributed returned', 'distributed used', 'distributed lost', 'distributed void',
        'returned distributed', 'returned used', 'returned lost', 'returned void',
        'used void', 'lost void'))
    EXECUTE FUNCTION letter_register.refuse('no letter makes this move');

CREATE TRIGGER batches_no_delete BEFORE DELETE ON letter_register.batches
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION letter_register.refuse('a batch that was published stays');
CREATE TRIGGER batches_no_truncate BEFORE TRUNCATE ON letter_register.batches
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a batch that was published stays');
CREATE TRIGGER batches_no_replace BEFORE INSERT ON letter_register.batches
    FOR EACH ROW EXECUTE FUNCTION letter_register.batches_are_new();
CREATE TRIGGER batches_keep_identity
    BEFORE UPDATE OF year, number, request, reserved_at, county, office, book_size, engine, reason
    ON letter_register.batches
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a numbered batch does not change');
CREATE TRIGGER batches_no_return
    BEFORE UPDATE OF letter, receipt, published_at, manifest ON letter_register.batches
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION letter_register.refuse('a batch that was published stays');

CREATE TRIGGER templates_no_replace BEFORE INSERT ON letter_register.templates
    FOR EACH ROW EXECUTE FUNCTION letter_register.templates_are_new();
CREATE TRIGGER templates_no_update BEFORE UPDATE ON letter_register.templates
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a template that was used stays');
CREATE TRIGGER templates_no_delete BEFORE DELETE ON letter_register.templates
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a template that was used stays');
CREATE TRIGGER templates_no_truncate BEFORE TRUNCATE ON letter_register.templates
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('a template that was used stays');

CREATE TRIGGER journal_no_update BEFORE UPDATE ON letter_register.journal
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('the journal is append-only');
CREATE TRIGGER journal_no_delete BEFORE DELETE ON letter_register.journal
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('the journal is append-only');
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON letter_register.journal
    FOR EACH STATEMENT EXECUTE FUNCTION letter_register.refuse('the journal is append-only');
CREATE TRIGGER journal_follows BEFORE INSERT ON letter_register.journal
    FOR EACH ROW EXECUTE FUNCTION letter_register.journal_follows();

-- Also in a session that calls itself a replica.
ALTER TABLE letter_register.events
    ENABLE ALWAYS TRIGGER events_no_update,
    ENABLE ALWAYS TRIGGER events_no_delete,
    ENABLE ALWAYS TRIGGER events_no_truncate,
    ENABLE ALWAYS TRIGGER events_no_replace;
ALTER TABLE letter_register.letters
    ENABLE ALWAYS TRIGGER letters_no_delete,
    ENABLE ALWAYS TRIGGER letters_no_truncate,
    ENABLE ALWAYS TRIGGER letters_no_replace,
    ENABLE ALWAYS TRIGGER letters_keep_identity,
    ENABLE ALWAYS TRIGGER letters_keep_person,
    ENABLE ALWAYS TRIGGER letters_begin_reserved,
    ENABLE ALWAYS TRIGGER letters_keep_to_moves;
ALTER TABLE letter_register.batches
    ENABLE ALWAYS TRIGGER batches_no_delete,
    ENABLE ALWAYS TRIGGER batches_no_truncate,
    ENABLE ALWAYS TRIGGER batches_no_replace,
    ENABLE ALWAYS TRIGGER batches_keep_identity,
    ENABLE ALWAYS TRIGGER batches_no_return;
ALTER TABLE letter_register.templates
    ENABLE ALWAYS TRIGGER templates_no_replace,
    ENABLE ALWAYS TRIGGER templates_no_update,
    ENABLE ALWAYS TRIGGER templates_no_delete,
    ENABLE ALWAYS TRIGGER templates_no_truncate;
ALTER TABLE letter_register.journal
    ENABLE ALWAYS TRIGGER journal_no_update,
    ENABLE ALWAYS TRIGGER journal_no_delete,
    ENABLE ALWAYS TRIGGER journal_no_truncate,
    ENABLE ALWAYS TRIGGER journal_follows;
