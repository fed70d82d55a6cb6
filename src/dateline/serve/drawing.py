"""Placeholder."""

from fastapi import APIRouter


def routes(house):
    return APIRouter()
