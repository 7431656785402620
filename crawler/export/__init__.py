"""Tables of a collection in formats other tools load.

``schema`` (``schema_of_pages``, ``schema_of_stories``, of ``columns``) says what every table holds, and ``document``
writes it down. ``rows`` and ``story_rows`` make rows of values; ``table_files`` keeps them in a collection's folder,
part by part, by ``table_notes``. For others, ``written`` takes them from ``sources`` into ``jsonl``, ``parquet``,
``sqlite``, CSV or ``json_ld`` with a ``package``, and a ``delivery`` brings them to a folder (``folder_delivery``) or
a store (``store_delivery``); ``whole`` replaces one file. ``comparison`` is a page of its own, with a ``link_map``.
"""
