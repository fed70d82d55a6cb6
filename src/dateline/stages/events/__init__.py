"""Fills ``events``: predicates that a rule reads become typed events with arguments, days, places and sources."""

from dateline.stages.events.stage import Events

__all__ = ["Events"]
