"""One layer of a record a file; no stage imports another."""
