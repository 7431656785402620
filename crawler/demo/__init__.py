"""A small web of our own, with one invented story and its copies, for ``wirecopy demo`` and the tests."""
