"""One file a schema, numbered; a released one is never changed."""
