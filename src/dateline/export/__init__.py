"""One format a file: a record in, text out."""
