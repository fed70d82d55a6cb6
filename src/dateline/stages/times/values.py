"""What makes the value of each form: the ``make`` column of ``forms.yaml`` in, the function that reads it out."""

from __future__ import annotations

from collections.abc import Callable

from dateline.stages.times import calendar_dates, eras, feasts, lengths, numeric_dates, relative
from dateline.stages.times.expressions import Expression
from dateline.stages.times.standpoint import Reading, Standpoint

NOTHING = "none"
"""The ``make`` of forms that only keep others from their words: ages, names."""
MAKERS: dict[str, Callable[[Expression, Standpoint], Reading | None]] = {
    "ago": relative.ago,
    "bound-duration": lengths.bound,
    "century-near": calendar_dates.century_near,
    "clock": relative.clock,
    "day-here": relative.day_here,
    "day-beside": relative.day_beside,
    "earlier": relative.earlier,
    "earlier-period": relative.earlier_period,
    "edge-unit": relative.edge_unit,
    "from-now": relative.from_now,
    "holiday": feasts.holiday,
    "holiday-week": feasts.holiday_week,
    "later": relative.later,
    "numeric": numeric_dates.numeric,
    "of-month": calendar_dates.of_month,
    "part": relative.part,
    "past-unit": lengths.past_unit,
    "point": calendar_dates.point,
    "season": calendar_dates.season_alone,
    "the-year": lengths.the_year,
    "this-period": relative.this_period,
    "told-named": relative.told_named,
    "told-part": relative.told_part,
    "told-unit": relative.told_unit,
    "told-weekday": relative.told_weekday,
    "week-of": relative.week_of,
    "weekend": relative.weekend,
    "which-unit": relative.which_unit,
    "year": calendar_dates.year,
}

PLAIN: dict[str, Callable[[Expression], Reading | None]] = {
    "century": calendar_dates.century,
    "counted-duration": relative.counted_duration,
    "decade-or-year": calendar_dates.decade_or_year,
    "duration": lengths.length,
    "duration-half": lengths.half,
    "duration-long": lengths.long,
    "duration-many": lengths.many,
    "era-year": eras.era_year,
    "every": lengths.every,
    "every-named": lengths.every_named,
    "hijri-year": eras.hijri_year,
    "often": lengths.often,
    "per": lengths.per,
    "recent": lengths.recent,
    "spelled": calendar_dates.spelled,
    "times": lengths.times,
    "vague": lengths.vague,
}
"""Those that need nothing but the words."""


def resolve(expression: Expression, here: Standpoint) -> Reading | None:
    """The value of an expression in its here, or None where the words are no time after all."""
    if expression.make == NOTHING:
        return None
    plain = PLAIN.get(expression.make)
    return plain(expression) if plain is not None else MAKERS[expression.make](expression, here)
