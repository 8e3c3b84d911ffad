-- What the person set about the program itself, as JSON by name.
CREATE TABLE preference (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;
