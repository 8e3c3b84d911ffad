-- Jersey numbers read in each chunk of a source, for the analysis of that input hash.
CREATE TABLE number_chunk (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 0),
    input_hash TEXT NOT NULL,
    readings TEXT NOT NULL CHECK (json_type(readings) = 'array'),
    PRIMARY KEY (source_id, number)
) STRICT;
