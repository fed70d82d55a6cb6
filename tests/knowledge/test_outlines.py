"""The outlines: whole, small, and with the disputed stretches apart."""

from __future__ import annotations

from dateline.knowledge.files import path, rows
from dateline.knowledge.outlines import decoded, load_outlines


def test_polyline_text_decodes_to_degrees() -> None:
    assert decoded("") == ()
    assert decoded("C@gEfE") == ((0.02, -0.01), (1.02, -1.01))


def test_the_outlines_stay_small() -> None:
    assert path("map", "outlines.json").stat().st_size < 200_000


def test_every_ring_lies_on_the_globe_and_closes() -> None:
    for country in load_outlines().countries:
        for ring in country.rings:
            assert ring.points[0] == ring.points[-1]
            assert ring.west <= ring.east
            assert ring.west <= 180.01
            assert ring.east >= -180.01
            assert ring.east - ring.west <= 360, "one that crosses the 180th meridian goes on behind it"
            assert -90.01 <= ring.south <= ring.north <= 90


def test_every_disputed_stretch_lies_in_a_box_of_the_table() -> None:
    sides = ("west", "south", "east", "north")
    boxes = [tuple(float(row[side]) for side in sides) for row in rows(path("map", "disputed.csv"))]
    for chain in load_outlines().disputed:
        for lon, lat in chain[1:-1]:
            assert any(w - 1 <= lon <= e + 1 and s - 1 <= lat <= n + 1 for w, s, e, n in boxes)


def test_every_row_of_the_table_of_disputes_has_a_stretch() -> None:
    stretches = load_outlines().disputed
    for row in rows(path("map", "disputed.csv")):
        west, south, east, north = (float(row[side]) for side in ("west", "south", "east", "north"))
        assert any(west <= lon <= east and south <= lat <= north for chain in stretches for lon, lat in chain), row[
            "area"
        ]


def test_names_that_would_take_a_side_are_not_written() -> None:
    labels = {country.label for country in load_outlines().countries}
    assert "" in labels
    assert not labels & {"Somaliland", "N. Cyprus", "Siachen Glacier"}
    assert "Western Sahara" in labels
