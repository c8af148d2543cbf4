"""The probe with little patience, so that a test need not wait twenty seconds."""

from fastapi import FastAPI

from app.kernel import database
from tests.support.probe import create_probe


def create_impatient_probe() -> FastAPI:
    database.PATIENCE = 1.0
    return create_probe()
