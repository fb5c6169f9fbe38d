"""The slices of the installed model."""

from __future__ import annotations

from tests.support.installed_model import store

__all__ = ["store"]
