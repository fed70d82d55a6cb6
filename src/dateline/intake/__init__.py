"""Anything in, an Article out."""
