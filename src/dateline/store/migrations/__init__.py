"""Every schema that a release wrote, and the way from each to the next; run by ``dateline.store.migrating``."""
