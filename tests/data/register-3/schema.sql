-- The register of numbered letters, version 3.
-- A letter is an accountable form: its number is never given twice, never vanishes, never changes hands unseen.

-- Its last two columns came with version 2; they stand where a step puts them into an older register.
CREATE TABLE batches (
    year         INTEGER NOT NULL,
    number       INTEGER NOT NULL CHECK (number > 0),
    request      TEXT NOT NULL,             -- the words of the command
    reserved_at  TEXT NOT NULL,
    county       TEXT NOT NULL,
    office       TEXT NOT NULL,
    book_size    INTEGER NOT NULL,
    letter       TEXT REFERENCES templates (sha256),
    receipt      TEXT REFERENCES templates (sha256),
    published_at TEXT,
    manifest     TEXT, engine TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',                      -- SHA-256 of the published manifest.json
    PRIMARY KEY (year, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE letters (
    year      INTEGER NOT NULL,
    unit      TEXT NOT NULL,
    number    INTEGER NOT NULL CHECK (number > 0),
    batch     INTEGER NOT NULL,
    printed   TEXT NOT NULL,                -- the serial as printed, without 号
    unit_name TEXT NOT NULL,
    signature TEXT NOT NULL,
    day       TEXT,
    replaces  INTEGER,                      -- number of the unit's letter in whose place it was numbered
    name      TEXT, id_no TEXT, phone TEXT, business TEXT, scope TEXT, address TEXT,
    salt      TEXT NOT NULL,                -- so that the person's digest cannot be guessed back
    person    TEXT NOT NULL,                -- digest of salt and the six fields above; '' on a blank letter
    content   TEXT NOT NULL,                -- digest of everything that is printed
    state     TEXT NOT NULL DEFAULT 'reserved',
    PRIMARY KEY (year, unit, number),
    FOREIGN KEY (year, batch) REFERENCES batches (year, number),
    FOREIGN KEY (year, unit, replaces) REFERENCES letters (year, unit, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX letters_printed ON letters (printed);
CREATE UNIQUE INDEX letters_replaces ON letters (year, unit, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX letters_batch ON letters (year, batch);
CREATE INDEX letters_person ON letters (year, id_no, business) WHERE id_no IS NOT NULL;

CREATE TABLE events (
    id       INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    what     TEXT NOT NULL,                 -- the state that the letters came into; released, rebuilt, reprinted, sealed,
                                            -- forgotten
    year     INTEGER NOT NULL,
    unit     TEXT NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL CHECK (last >= first),
    batch    INTEGER NOT NULL,
    day      TEXT NOT NULL,                 -- when it happened, as the clerk says; '' where the program did it
    who      TEXT NOT NULL,                 -- who received the letters; of reserved and printed ones, digest of the batch's row
    why      TEXT NOT NULL,
    content  TEXT NOT NULL,                 -- digest over the letters' contents, first to last
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

CREATE TABLE templates (
    sha256 TEXT PRIMARY KEY,
    docx   BLOB NOT NULL
) STRICT;

-- Acts on numbered things that are not letters, each with its event (what = 'journal') in the chain; version 3 brought it.
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

CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
-- INSERT OR REPLACE deletes without firing the trigger above, so an id that is taken is refused here.
CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN NEW.id <= (SELECT max(id) FROM events)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER letters_no_delete BEFORE DELETE ON letters WHEN OLD.state <> 'reserved'
BEGIN SELECT RAISE(ABORT, 'a letter that was published stays'); END;
CREATE TRIGGER letters_no_replace BEFORE INSERT ON letters
WHEN EXISTS (SELECT 1 FROM letters WHERE printed = NEW.printed
             OR (year = NEW.year AND unit = NEW.unit AND number = NEW.number))
     OR EXISTS (SELECT 1 FROM letters WHERE year = NEW.year AND unit = NEW.unit AND replaces = NEW.replaces)
BEGIN SELECT RAISE(ABORT, 'this number is taken'); END;
CREATE TRIGGER letters_keep_identity
BEFORE UPDATE OF year, unit, number, batch, printed, unit_name, signature, day, replaces, person, content
ON letters
BEGIN SELECT RAISE(ABORT, 'a numbered letter does not change'); END;
-- The only change to whom a letter is for: all of it goes, for good, once all was done with the letter and an event says so.
CREATE TRIGGER letters_keep_person
BEFORE UPDATE OF name, id_no, phone, business, scope, address, salt ON letters
WHEN coalesce(NEW.name, NEW.id_no, NEW.phone, NEW.business, NEW.scope, NEW.address) IS NOT NULL OR NEW.salt <> ''
     OR OLD.name IS NULL OR OLD.state NOT IN ('used', 'lost', 'void')
     OR NOT EXISTS (SELECT 1 FROM events WHERE what = 'forgotten' AND year = OLD.year AND unit = OLD.unit
                    AND OLD.number BETWEEN first AND last)
BEGIN SELECT RAISE(ABORT, 'a person on a letter does not change'); END;
CREATE TRIGGER letters_begin_reserved BEFORE INSERT ON letters WHEN NEW.state <> 'reserved'
BEGIN SELECT RAISE(ABORT, 'a letter begins reserved'); END;
-- The moves of domain/letters/lifecycle.py.
CREATE TRIGGER letters_keep_to_moves BEFORE UPDATE OF state ON letters
WHEN OLD.state || ' ' || NEW.state NOT IN (
    'reserved printed',
    'printed distributed', 'printed used', 'printed lost', 'printed void',
    'distributed returned', 'distributed used', 'distributed lost', 'distributed void',
    'returned distributed', 'returned used', 'returned lost', 'returned void',
    'used void', 'lost void')
BEGIN SELECT RAISE(ABORT, 'no letter makes this move'); END;

CREATE TRIGGER batches_no_delete BEFORE DELETE ON batches WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a batch that was published stays'); END;
CREATE TRIGGER batches_no_replace BEFORE INSERT ON batches
WHEN EXISTS (SELECT 1 FROM batches WHERE year = NEW.year AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'this batch exists'); END;
CREATE TRIGGER batches_keep_identity
BEFORE UPDATE OF year, number, request, reserved_at, county, office, book_size, engine, reason ON batches
BEGIN SELECT RAISE(ABORT, 'a numbered batch does not change'); END;
CREATE TRIGGER batches_no_return
BEFORE UPDATE OF letter, receipt, published_at, manifest ON batches WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a batch that was published stays'); END;

CREATE TRIGGER templates_no_replace BEFORE INSERT ON templates
WHEN EXISTS (SELECT 1 FROM templates WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'this template exists'); END;
CREATE TRIGGER templates_no_update BEFORE UPDATE ON templates
BEGIN SELECT RAISE(ABORT, 'a template that was used stays'); END;
CREATE TRIGGER templates_no_delete BEFORE DELETE ON templates
BEGIN SELECT RAISE(ABORT, 'a template that was used stays'); END;

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
