"""Tokens in, time expressions with their TIMEX3 values, and the day the report speaks from, out."""

from dateline.stages.times.stage import Times

__all__ = ["Times"]
