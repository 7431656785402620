"""The researcher's pages over a folder of collections."""
