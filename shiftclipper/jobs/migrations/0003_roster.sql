-- Numbers and names of the players' team, as far as the person knows them: [[number, name], ...].
ALTER TABLE job ADD COLUMN roster TEXT NOT NULL DEFAULT '[]' CHECK (json_type(roster) = 'array');
