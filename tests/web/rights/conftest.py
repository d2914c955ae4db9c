"""The databases that the matrix runs on."""

from tests.contracts.databases import postgres_template, sqlite_template

__all__ = ["postgres_template", "sqlite_template"]
