"""Serving an archive: to spiders without a network, and as an HTTP(S) proxy."""
