"""The commands that ``aws`` does not have, one module each."""
