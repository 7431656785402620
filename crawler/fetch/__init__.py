"""The exact bytes on the wire, and how each request ended.

``addon`` switches it on in any Scrapy crawl that names a ``contact``. A request passes ``route``, ``robots``,
``logins`` and ``known``, waits in ``downloader`` for its turn, and is sent by ``handler`` through ``wire_agent`` and
``tap`` (``transport``, ``chunks``, ``tls``, ``authorities``) to an address that ``address`` allows (``public_net``,
``host``). Each try is an ``errand``'s, whose bytes are a ``transcript``; it becomes an exchange with an ``outcome``,
without the operator's secrets (``masking``), and goes to the ``recording`` before the response, or the ``remains`` of
one (``decoding``), goes on. ``patience`` breaks off what takes too long, ``failure`` says why, ``redirect``, ``retry``
and ``breaker`` decide what is asked next, and ``tally`` counts.
"""
