-- Everything about jobs. Game time is in flicks (1/705600000 s), the clock on the wall in milliseconds since 1970.

CREATE TABLE job_status (
    name TEXT PRIMARY KEY,
    meaning TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO job_status (name, meaning) VALUES
    ('draft', 'being set up; does not run'),
    ('queued', 'waits for its turn'),
    ('running', 'is worked on'),
    ('stopping', 'was asked to stop and is finishing what it does'),
    ('paused', 'stopped on request or for want of room; can go on'),
    ('interrupted', 'the program ended in the middle; can go on'),
    ('failed', 'ended with an error; can be tried again'),
    ('cancelled', 'ended on request'),
    ('done', 'ended well');

CREATE TABLE job_transition (
    from_status TEXT NOT NULL REFERENCES job_status (name),
    to_status TEXT NOT NULL REFERENCES job_status (name),
    PRIMARY KEY (from_status, to_status)
) STRICT, WITHOUT ROWID;

INSERT INTO job_transition (from_status, to_status) VALUES
    ('draft', 'queued'), ('draft', 'cancelled'),
    ('queued', 'running'), ('queued', 'paused'), ('queued', 'cancelled'),
    ('running', 'stopping'), ('running', 'done'), ('running', 'failed'), ('running', 'paused'),
    ('running', 'interrupted'),
    ('stopping', 'cancelled'), ('stopping', 'paused'), ('stopping', 'interrupted'), ('stopping', 'failed'),
    ('stopping', 'done'),
    ('paused', 'queued'), ('paused', 'cancelled'),
    ('interrupted', 'queued'), ('interrupted', 'cancelled'),
    ('failed', 'queued'),
    ('cancelled', 'queued'),
    ('done', 'queued');

CREATE TABLE job (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    status TEXT NOT NULL REFERENCES job_status (name),
    run_token TEXT UNIQUE,
    stop_reason TEXT CHECK (stop_reason IN ('cancel', 'pause', 'quit')),
    queue_order INTEGER,
    stage TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    settings TEXT NOT NULL CHECK (json_type(settings) = 'object'),
    opponent_color TEXT,
    out_dir TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    CHECK ((status IN ('running', 'stopping')) = (run_token IS NOT NULL)),
    CHECK ((status = 'stopping') = (stop_reason IS NOT NULL)),
    CHECK ((status = 'queued') = (queue_order IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX one_running_job ON job ((1)) WHERE status IN ('running', 'stopping');
CREATE UNIQUE INDEX job_queue ON job (queue_order) WHERE status = 'queued';

CREATE TABLE job_event (
    id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    from_status TEXT REFERENCES job_status (name),
    to_status TEXT NOT NULL REFERENCES job_status (name),
    stage TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE INDEX job_event_of_job ON job_event (job_id);

CREATE TRIGGER job_is_born_draft BEFORE INSERT ON job
WHEN NEW.status <> 'draft'
BEGIN
    SELECT RAISE(ABORT, 'a job is born draft');
END;

CREATE TRIGGER job_takes_legal_transitions BEFORE UPDATE OF status ON job
WHEN NEW.status <> OLD.status AND NOT EXISTS (
    SELECT 1 FROM job_transition WHERE from_status = OLD.status AND to_status = NEW.status
)
BEGIN
    SELECT RAISE(ABORT, 'illegal transition of a job');
END;

CREATE TRIGGER job_keeps_its_id BEFORE UPDATE OF id ON job
WHEN NEW.id <> OLD.id
BEGIN
    SELECT RAISE(ABORT, 'a job keeps its id');
END;

CREATE TRIGGER job_is_deleted_at_rest BEFORE DELETE ON job
WHEN OLD.status IN ('running', 'stopping')
BEGIN
    SELECT RAISE(ABORT, 'a running job cannot be deleted');
END;

CREATE TRIGGER job_event_of_birth AFTER INSERT ON job
BEGIN
    INSERT INTO job_event (job_id, at, from_status, to_status, stage, detail)
    VALUES (NEW.id, NEW.created_at, NULL, NEW.status, '', '');
END;

CREATE TRIGGER job_event_of_status AFTER UPDATE OF status ON job
WHEN NEW.status <> OLD.status
BEGIN
    INSERT INTO job_event (job_id, at, from_status, to_status, stage, detail)
    VALUES (
        NEW.id, NEW.updated_at, OLD.status, NEW.status, NEW.stage,
        CASE NEW.status
            WHEN 'stopping' THEN NEW.stop_reason
            WHEN 'failed' THEN NEW.error
            ELSE NEW.message
        END
    );
END;

CREATE TRIGGER job_event_is_never_changed BEFORE UPDATE ON job_event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER job_event_is_never_removed BEFORE DELETE ON job_event
WHEN EXISTS (SELECT 1 FROM job WHERE id = OLD.job_id)
BEGIN
    SELECT RAISE(ABORT, 'an event goes with its job only');
END;

CREATE TABLE stage (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    wanted INTEGER NOT NULL DEFAULT 1 CHECK (wanted IN (0, 1)),
    weight REAL NOT NULL DEFAULT 1 CHECK (weight > 0),
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'done', 'failed')),
    input_hash TEXT,
    done_units REAL NOT NULL DEFAULT 0,
    total_units REAL,
    resumed_units REAL,
    error TEXT NOT NULL DEFAULT '',
    perf TEXT NOT NULL DEFAULT '{}' CHECK (json_type(perf) = 'object'),
    started_at INTEGER,
    updated_at INTEGER,
    finished_at INTEGER,
    PRIMARY KEY (job_id, name),
    UNIQUE (job_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER,
    start INTEGER,
    duration INTEGER CHECK (duration > 0),
    probe TEXT CHECK (json_type(probe) = 'object'),
    packet_index BLOB,
    normalised_path TEXT,
    proxy_path TEXT,
    UNIQUE (job_id, position)
) STRICT;

CREATE TABLE player (
    id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    number TEXT NOT NULL,
    jersey_color TEXT,
    UNIQUE (job_id, position)
) STRICT;

CREATE TABLE click (
    id INTEGER PRIMARY KEY,
    player_id INTEGER NOT NULL REFERENCES player (id) ON DELETE CASCADE,
    time INTEGER NOT NULL CHECK (time >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('is', 'is_not', 'off_ice')),
    x REAL CHECK (x BETWEEN 0 AND 1),
    y REAL CHECK (y BETWEEN 0 AND 1),
    made_at INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    CHECK ((kind = 'off_ice') = (x IS NULL) AND (x IS NULL) = (y IS NULL))
) STRICT;

CREATE INDEX click_of_player ON click (player_id);

CREATE TABLE region (
    id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('rink', 'bench', 'penalty')),
    polygon TEXT NOT NULL CHECK (json_type(polygon) = 'array' AND json_array_length(polygon) >= 3),
    drawn_at INTEGER
) STRICT;

CREATE INDEX region_of_job ON region (job_id);
CREATE UNIQUE INDEX one_rink ON region (job_id) WHERE kind = 'rink';

CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    CHECK ("end" > start)
) STRICT;

CREATE INDEX period_of_job ON period (job_id);

CREATE TABLE analysis_chunk (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 0),
    input_hash TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    observations BLOB NOT NULL,
    PRIMARY KEY (source_id, number),
    CHECK ("end" > start)
) STRICT;

CREATE TABLE tracklet (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    boxes INTEGER NOT NULL CHECK (boxes > 0),
    scene INTEGER NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    arrays BLOB NOT NULL,
    PRIMARY KEY (job_id, id),
    CHECK ("end" >= start)
) STRICT;

CREATE TABLE shift (
    id INTEGER PRIMARY KEY,
    player_id INTEGER NOT NULL REFERENCES player (id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    start_reason TEXT NOT NULL,
    end_reason TEXT NOT NULL,
    evidence TEXT NOT NULL CHECK (json_type(evidence) = 'array'),
    tracklet_ids TEXT NOT NULL CHECK (json_type(tracklet_ids) = 'array'),
    origin TEXT NOT NULL DEFAULT 'auto' CHECK (origin IN ('auto', 'manual')),
    verdict TEXT NOT NULL DEFAULT 'proposed' CHECK (verdict IN ('proposed', 'accepted', 'rejected')),
    CHECK ("end" > start)
) STRICT;

CREATE INDEX shift_of_player ON shift (player_id, start);

CREATE TABLE clip (
    id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    shift_id INTEGER REFERENCES shift (id) ON DELETE SET NULL,
    player_id INTEGER REFERENCES player (id) ON DELETE SET NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    path TEXT NOT NULL,
    mode TEXT NOT NULL,
    encoder TEXT NOT NULL,
    note TEXT NOT NULL,
    frames INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    UNIQUE (job_id, path),
    CHECK ("end" > start)
) STRICT;

CREATE INDEX clip_of_shift ON clip (shift_id);
CREATE INDEX clip_of_player ON clip (player_id);

CREATE TABLE artifact (
    id INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    player_id INTEGER REFERENCES player (id) ON DELETE SET NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    UNIQUE (job_id, path)
) STRICT;

CREATE INDEX artifact_of_player ON artifact (player_id);

CREATE TABLE preset (
    name TEXT PRIMARY KEY,
    settings TEXT NOT NULL CHECK (json_type(settings) = 'object')
) STRICT, WITHOUT ROWID;

CREATE TABLE encoder_trial (
    key TEXT PRIMARY KEY,
    outcome TEXT NOT NULL
) STRICT, WITHOUT ROWID;
