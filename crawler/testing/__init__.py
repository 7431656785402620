"""Recordings of pages for tests: made once, replayed offline at a frozen time; pytest's plugin is ``plugin``.

``record`` makes a ``recording`` of an archive's pages, each as small as ``trim`` can make it, on a ``tape``, with what
is ``expected`` of its ``fields``. ``web`` replays it to a test, ``offline`` to a spider, ``plugin`` to pytest;
``skeleton`` writes the site module to begin with.
"""
