"""From the URL of a story to everything that belongs to it."""
