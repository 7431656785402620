"""The nouns that pass between rooms: frozen values that only know how they are written down and read."""

from crawler.model.article import Article, Block, Credit, Extractor, Image, Memento, Organization
from crawler.model.capture import Capture, RecordRef
from crawler.model.evidence import Candidate, Evidence, SetAside
from crawler.model.exchange import Exchange, Failure, TlsSession, Truncation
from crawler.model.history import Edit, Point, Series, Version
from crawler.model.outcome import Outcome
from crawler.model.panel import Card, Count, Entity, Panel
from crawler.model.purpose import Purpose, Role
from crawler.model.story import Alignment, Coverage, Derivation, Link, Quotation, QuotationLink, Reason, Story

__all__ = [
    "Alignment",
    "Article",
    "Block",
    "Candidate",
    "Capture",
    "Card",
    "Count",
    "Coverage",
    "Credit",
    "Derivation",
    "Edit",
    "Entity",
    "Evidence",
    "Exchange",
    "Extractor",
    "Failure",
    "Image",
    "Link",
    "Memento",
    "Organization",
    "Outcome",
    "Panel",
    "Point",
    "Purpose",
    "Quotation",
    "QuotationLink",
    "Reason",
    "RecordRef",
    "Role",
    "Series",
    "SetAside",
    "Story",
    "TlsSession",
    "Truncation",
    "Version",
]
