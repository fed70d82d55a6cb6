"""Feeds and pages followed: asked politely, read into an archive, and told what came of it since the last time."""
