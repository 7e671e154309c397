"""Facts to SQLite: schema, load, checks. Knows nothing of how text is read."""
