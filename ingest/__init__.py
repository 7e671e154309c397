"""Text to facts: pure functions that know nothing of SQLite.

One file a stage; `ingest.pipeline` states their order.
"""
