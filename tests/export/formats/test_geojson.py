"""GeoJSON holds for two validators and puts events where they were."""

from __future__ import annotations

import json

import pytest

from dateline.export.formats.geojson import geojson
from tests.export.rows import hostile, rows

library = pytest.importorskip("geojson")


def test_it_is_valid_and_longitude_stands_first() -> None:
    made = geojson(rows())
    found = library.loads(made.data)
    assert found.is_valid
    assert [feature.id for feature in found.features] == ["e0000000001", "e0000000002", "e0000000004", "e0000000006"]
    assert found.features[0].geometry.coordinates == [10.7461, 59.9127]
    assert found.features[0].properties["recipients"] == ["Awa Sarr", "Sudmark Fisheries"]
    assert found.features[0].properties["earliest"] == "2031-05-05"


def test_another_model_of_the_format_takes_it() -> None:
    pydantic = pytest.importorskip("geojson_pydantic")
    for some in (rows(), hostile(), ()):
        pydantic.FeatureCollection.model_validate_json(geojson(some).data)


def test_what_has_no_coordinates_is_counted() -> None:
    made = geojson(rows())
    assert made.left_out == ("2 events without a place on the map are left out",)
    assert len(json.loads(made.data)["features"]) + 2 == len(rows())
