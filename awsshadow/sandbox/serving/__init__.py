"""How requests get in: over HTTP, or in the process that makes them; and how clients are led here."""
