"""From a resource to the document that creates another one like it, and how the two differ."""
