"""The map: the right region, points where they belong, labels apart, no side taken."""

from __future__ import annotations

import re

import msgspec
import pytest

from dateline.export.chronology import chronology_of
from dateline.export.labels import Box, text_width
from dateline.export.map import Drawn, Frame, Text, drawn_map, framed, places_of
from dateline.export.view import Line, Spot
from dateline.knowledge.outlines import load_outlines
from tests.export.sample import sample_record


def spot(lat: float, lon: float, name: str = "there", radius: float = 10.0) -> Spot:
    return Spot(id=name, name=name, lat=lat, lon=lon, radius_km=radius)


def lines_at(*spots: Spot) -> list[Line]:
    first = chronology_of(sample_record()).lines[0]
    return [msgspec.structs.replace(first, number=n, id=f"e{n}", place=s) for n, s in enumerate(spots, start=1)]


def drawn(*spots: Spot, also: tuple[Spot, ...] = ()) -> Drawn:
    found = drawn_map(lines_at(*spots), also, load_outlines(), 600, 400)
    assert found is not None
    return found


def test_every_place_of_an_event_is_a_point_inside_the_drawing() -> None:
    found = drawn(spot(43.1, 131.9, "Vladivostok"), spot(51.9, 128.3, "Vostochny"), spot(39.0, 125.7, "Pyongyang"))
    assert [point.name for point in found.points] == ["Vladivostok", "Vostochny", "Pyongyang"]
    assert all(10 < p.x < 590 and 10 < p.y < 390 for p in found.points)


def test_north_is_up_and_east_is_right() -> None:
    found = drawn(spot(44, 28, "a"), spot(46, 31, "b"))
    a, b = found.points
    assert b.x > a.x
    assert b.y < a.y


def test_events_of_one_place_share_a_point_and_keep_their_numbers() -> None:
    found = drawn(spot(44, 28, "a"), spot(46, 31, "b"), spot(44, 28, "a"))
    assert [point.numbers for point in found.points] == [(1, 3), (2,)]


def test_uncertainty_is_drawn_to_scale() -> None:
    found = drawn(spot(44, 28, "a", 100), spot(46, 31, "b", 10))
    km = found.bar_km / found.bar
    assert found.points[0].ry * km == pytest.approx(100, rel=0.01)
    assert found.points[0].rx == pytest.approx(found.points[0].ry, rel=0.1)


def test_a_region_over_the_date_line_is_not_drawn_the_long_way_round() -> None:
    frame = framed([spot(66, -170), spot(66, 175)], 600, 400)
    xs = [frame.at(lon, 66)[0] for lon in (175, -170)]
    assert xs[0] < xs[1]
    assert 600 / frame.scale / frame.squeeze < 60


def test_a_single_place_is_shown_with_its_region() -> None:
    frame = framed([spot(44, 28)], 600, 400)
    assert 600 / frame.scale * 111.2 >= 499


def test_a_country_does_not_widen_the_map() -> None:
    near = framed([spot(44, 28), spot(46, 31)], 600, 400)
    assert framed([spot(44, 28), spot(46, 31), spot(60, 100, radius=3000)], 600, 400) == near


@pytest.mark.parametrize("lat", [-89.0, 0.0, 89.9])
def test_the_poles_do_not_break_the_frame(lat: float) -> None:
    assert drawn(spot(lat, 10.0)).points[0].x > 0


def box(text: Text, size: float) -> Box:
    width = text_width(text.words, size)
    left = {"start": text.x, "end": text.x - width, "middle": text.x - width / 2}[text.anchor]
    return Box(left, text.y - size * 0.9, left + width, text.y + size * 0.2)


def test_labels_do_not_collide() -> None:
    found = drawn(*(spot(44 + n % 4 * 0.05, 28 + n * 0.04, f"Settlement {n}") for n in range(14)))
    boxes = [box(text, 12.5) for text in found.labels] + [box(text, 11.5) for text in found.countries]
    assert len(found.labels) >= 6
    assert not any(a.meets(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_no_known_place_no_map() -> None:
    lines = [msgspec.structs.replace(line, place=None) for line in chronology_of(sample_record()).lines]
    assert places_of(lines) == []
    assert drawn_map(lines, (), load_outlines(), 600, 400) is None


def test_land_is_one_shape_without_a_colour_for_any_country() -> None:
    found = drawn(spot(44, 28))
    assert re.fullmatch(r"(M[\d. -]+(L[\d. -]+)+Z)+", found.land)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(46.1, 33.6), (34.5, 76.5), (27.6, -10.0), (33.1, 35.8), (38.0, 127.2), (42.7, 20.9), (35.1, 33.4), (32.0, 35.2)],
    ids=["Crimea", "Kashmir", "Western Sahara", "Golan", "Korea", "Kosovo", "Cyprus", "West Bank"],
)
def test_disputed_stretches_come_apart_from_borders(lat: float, lon: float) -> None:
    found = drawn(spot(lat, lon))
    near = [
        (float(x), float(y))
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", found.disputed)
        if abs(float(x) - 300) < 150 and abs(float(y) - 200) < 150
    ]
    assert near


def test_an_undisputed_border_is_not_dashed() -> None:
    found = drawn(spot(48.9, 8.0))
    assert found.borders
    assert not found.disputed


def test_a_frame_puts_its_middle_in_the_middle() -> None:
    assert Frame(10.0, 50.0, 20.0, 0.64, 600, 400).at(10.0, 50.0) == (300.0, 200.0)


def test_a_whole_country_gets_a_ring_at_its_middle_and_no_circle() -> None:
    country = Spot(id="c", name="Kyrgyzstan", lat=41.5, lon=74.5, radius_km=250, whole=True)
    found = drawn(spot(40.5, 72.8, "Osh"), country)
    assert [(p.whole, p.rx) for p in found.points] == [(False, 12.0), (True, 0.0)]


def test_a_point_outside_of_the_drawing_has_no_label() -> None:
    country = Spot(id="c", name="Canada", lat=60.0, lon=-95.0, whole=True)
    assert [text.words for text in drawn(spot(40.5, 72.8, "Osh"), country).labels] == ["1 Osh"]
