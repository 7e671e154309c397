"""SQLite to people: canned SQL, the Datasette plugin, exports. Read-only."""
