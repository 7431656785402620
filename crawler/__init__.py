"""wirecopy: keep the story, and every copy of it."""

__version__ = "0.1.0"
