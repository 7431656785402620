"""Recordings of pages for tests: made once, replayed offline at a frozen time; pytest's plugin is ``plugin``."""
