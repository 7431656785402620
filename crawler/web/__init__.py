"""The researcher's pages over a folder of collections.

``desk`` puts the sites together: ``front`` lets requests in by the ``origins`` they are for; ``replay_site`` and
``viewer_site`` show archived pages, ``memento_site`` answers programs, and the ``…_pages`` are the desk's own, each
made by ``pages`` from a template. They read the ``catalogue`` (``catalogue_tables``, filled by ``catalogue_rows``,
asked by ``search``, both with ``words`` as its index has them) and what jobs have ``scheduled``; ``packs`` and
``takeaway`` make files to take away, ``plot`` draws, ``viewer`` finds ReplayWeb.page.
"""
