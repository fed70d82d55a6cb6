"""What makes the value of each form: the ``make`` column of ``forms.yaml`` in, the function that reads it out."""

from __future__ import annotations

from collections.abc import Callable

from dateline.stages.times import calendar_dates, lengths, relative
from dateline.stages.times.expressions import Expression
from dateline.stages.times.scene import Reading, Scene

MAKERS: dict[str, Callable[[Expression, Scene], Reading | None]] = {
    "ago": relative.ago,
    "bound-duration": lengths.bound,
    "century": calendar_dates.century,
    "century-near": calendar_dates.century_near,
    "clock": relative.clock,
    "counted-duration": relative.counted_duration,
    "day-beside": relative.day_beside,
    "decade-or-year": calendar_dates.decade_or_year,
    "duration": lengths.length,
    "duration-half": lengths.half,
    "duration-long": lengths.long,
    "duration-many": lengths.many,
    "earlier": relative.earlier,
    "earlier-period": relative.earlier_period,
    "edge-unit": relative.edge_unit,
    "every": lengths.every,
    "every-named": lengths.every_named,
    "from-now": relative.from_now,
    "holiday": calendar_dates.holiday,
    "later": relative.later,
    "none": lambda expression, scene: None,
    "numeric": calendar_dates.numeric,
    "of-month": calendar_dates.of_month,
    "often": lengths.often,
    "part": relative.part,
    "past-unit": lengths.past_unit,
    "per": lengths.per,
    "point": calendar_dates.point,
    "recent": lengths.recent,
    "season": lambda expression, scene: calendar_dates.season(expression.fields, scene),
    "spelled": calendar_dates.spelled,
    "this-period": relative.this_period,
    "times": lengths.times,
    "told-named": relative.told_named,
    "told-part": relative.told_part,
    "told-unit": relative.told_unit,
    "told-weekday": relative.told_weekday,
    "vague": lengths.vague,
    "week-of": relative.week_of,
    "weekend": relative.weekend,
    "which-unit": relative.which_unit,
    "year": calendar_dates.year,
}


def resolve(expression: Expression, scene: Scene) -> Reading | None:
    """The value of an expression in its scene, or None where the words are no time after all."""
    return MAKERS[expression.make](expression, scene)
