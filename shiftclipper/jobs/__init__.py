"""The job: schema, store, settings, stages, runner. The only room that touches SQLite."""
