"""Durations as they are typed, and as they are told."""

from __future__ import annotations

import re

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PART = re.compile(r"(\d+(?:\.\d+)?)([smhdw])")
#: No wait is longer: a year.
_LONGEST = 366 * 86400


def seconds(text: str) -> float:
    """``30s``, ``20m``, ``1h30m``, ``7d`` or bare seconds as seconds. Raises ValueError for anything else."""
    plain = text.strip().lower()
    if plain.isascii() and plain.replace(".", "", 1).isdigit():
        found = float(plain)
    elif plain.isascii() and plain and not _PART.sub("", plain):
        found = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(plain))
    else:
        raise ValueError(f"not a duration: '{text}'; write it like 30s, 20m, 1h30m or 7d")
    if found > _LONGEST:
        raise ValueError(f"'{text}' is longer than a year")
    return found


def words(seconds: float) -> str:
    """A duration as it is told, in its two largest units: ``45s``, ``4m10s``, ``20m``, ``1d2h``."""
    left = int(seconds)
    units = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
    largest = next((at for at, (_, size) in enumerate(units) if left >= size), len(units) - 1)
    told = ""
    for unit, size in units[largest : largest + 2]:
        count, left = divmod(left, size)
        if count or not (told or left):
            told += f"{count}{unit}"
    return told or "0s"
