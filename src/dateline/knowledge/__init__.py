"""Typed views of the files under ``data/``: what the reader knows, loaded when first asked for."""
