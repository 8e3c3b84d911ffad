-- What the person corrected, so that it can be undone: the changed parts of the setup and the shifts that were
-- touched, as they were and as they became.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    before TEXT NOT NULL CHECK (json_type(before) = 'object'),
    after TEXT NOT NULL CHECK (json_type(after) = 'object'),
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE INDEX correction_of_job ON correction (job_id, undone, id);

-- The person's own words on a shift.
ALTER TABLE shift ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- The highest id that a player or a shift ever had: what is undone comes back under its own, which must not be
-- somebody else's by then.
CREATE TABLE last_id (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO last_id (name, value) VALUES
    ('player', (SELECT COALESCE(MAX(id), 0) FROM player)),
    ('shift', (SELECT COALESCE(MAX(id), 0) FROM shift));

CREATE TRIGGER player_id_is_noted AFTER INSERT ON player
BEGIN
    UPDATE last_id SET value = MAX(value, NEW.id) WHERE name = 'player';
END;

CREATE TRIGGER shift_id_is_noted AFTER INSERT ON shift
BEGIN
    UPDATE last_id SET value = MAX(value, NEW.id) WHERE name = 'shift';
END;
