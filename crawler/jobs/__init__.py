"""Work that joins rooms: a crawl, then its extraction into pages and tables.

- One capture: ``capture`` runs a ``crawl`` under ``conditions``, keeps its ``pages`` and ``relations`` for the
  ``report``, and has ``derive`` make the tables (``history_tables``, ``story_tables``, ``pictures``). ``discover`` and
  ``demo`` are the same for listings and for our own web.
- The scheduled job: ``watchlist`` is read, ``schedule`` knows what is due, ``run`` makes one pass, ``cluster`` does it
  on many machines, ``status`` tells how it goes.
- From archives: ``sources`` tells by ``kinds`` what it is pointed at and reads ``captured_pages``; ``extraction`` does
  it on many cores, by ``tasks``; ``lookup`` finds one page, ``coverage`` counts fields, ``story_parquet`` writes
  stories of many collections, ``imports`` (``har``) and ``repair`` change archives.
"""
