"""The exact bytes on the wire, and how each request ended."""
