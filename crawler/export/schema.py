"""What every table of a collection holds: its columns in order, with meaning, type and unit."""

from __future__ import annotations

from crawler.export.columns import Column, Table
from crawler.export.schema_of_pages import PAGE_TABLES
from crawler.export.schema_of_stories import STORY_TABLES

SCHEMA: dict[str, Table] = {table.name: table for table in (*PAGE_TABLES, *STORY_TABLES)}
"""Every table by its name, in the order in which a reader meets them."""

__all__ = ["PAGE_TABLES", "SCHEMA", "STORY_TABLES", "Column", "Table"]
