"""One file a format: each turns the bytes of a file into the text of a report, or of many.

`ingest.read` opens the file, finds the format and calls one of them. What is slow to import is imported by
the function that needs it, so that reading text costs nothing of the others.
"""
