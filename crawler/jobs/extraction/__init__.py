"""Extraction on more than one core: by processes of this machine, or by Dask on many."""

from __future__ import annotations
