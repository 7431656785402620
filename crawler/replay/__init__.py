"""Serving an archive: to spiders without a network, and as an HTTP(S) proxy."""

from crawler.replay.asked import Asked
from crawler.replay.authority import Authority, AuthorityError
from crawler.replay.proxy import Answer, ProxyServer, respond

__all__ = ["Answer", "Asked", "Authority", "AuthorityError", "ProxyServer", "respond"]
