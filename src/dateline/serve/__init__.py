"""The explorer: an archive in, pages and an interface for programs out, on this machine alone unless told otherwise."""
