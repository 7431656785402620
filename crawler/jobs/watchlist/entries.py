"""What a watchlist may say, key by key, with its defaults; ``docs/watchlist.schema.json`` is made from this."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.json_schema import SkipJsonSchema

from crawler.archive.store import Access
from crawler.jobs.watchlist.values import (
    Address,
    Contact,
    File,
    Folder,
    Host,
    Line,
    Name,
    Network,
    ProviderName,
    Seconds,
    Server,
    Size,
    Span,
)

Natural = Annotated[int, Field(ge=0, strict=True)]
Positive = Annotated[int, Field(ge=1, strict=True)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class What(_Table):
    """``[capture]``: how much of what surrounds a story is kept."""

    pictures: StrictBool = Field(True, description="the stories' own pictures")
    requisites: StrictBool = Field(
        True, description="style sheets, scripts, fonts, and frames and films in the text: pages replay as they looked"
    )
    panels: Natural = Field(12, description="related-story cards to follow from a page; 0 follows none")
    copies: StrictBool = Field(True, description="capture the copies named beside a story as well")
    candidates: StrictBool = Field(True, description="look at pages that links and networks propose as copies")
    providers: tuple[ProviderName, ...] = Field(
        (), description="public look-ups asked for copies of a new story, and once more days later: docs/providers.md"
    )


class HostPoliteness(_Table):
    """``[politeness.hosts."example.org"]``: one host's own pace."""

    delay: Seconds | None = Field(None, description="seconds between two requests")
    per_hour: Positive | None = Field(None, description="requests in an hour at most; stories beyond wait their turn")


class Politeness(_Table):
    """``[politeness]``: how hosts are treated; robots.txt is obeyed in any case."""

    delay: Seconds = Field(1.0, description="seconds between two requests to one host")
    per_hour: Positive = Field(1200, description="requests to one host in an hour at most")
    timeout: Seconds = Field(60.0, description="seconds for one answer")
    retries: Natural = Field(2, description="further tries after a failure that may pass")
    hosts: dict[Host, HostPoliteness] = Field(default_factory=dict, description="what differs for one host")


class Revisit(_Table):
    """``[revisit]``: how soon a story is looked at again.

    A page that has been quiet for a time t is visited again after ``eagerness`` × t: soon after publication, then ever
    more slowly, and soon again once it changed.
    """

    shortest: Span = Field(timedelta(hours=1), description="no sooner than this, but for some minutes")
    longest: Span = Field(timedelta(days=30), description="never later than this, while the story is watched")
    eagerness: float = Field(0.25, gt=0, le=10, description="the share of its quiet time after which a page is visited")
    until: Span = Field(timedelta(days=365), description="a story quiet for so long is not visited any more")
    counts: Span | None = Field(None, description="followers, views and comments are read this often, pages alone")
    counts_until: Span = Field(timedelta(days=30), description="counts are read until the story is this old")


class Limits(_Table):
    """``[limits]``: where a run stops though more is due; what is left is due first next time."""

    stories: Natural = Field(500, description="stories captured in one run")
    time: Span = Field(timedelta(hours=6), description="a run begins nothing new after this time")
    body: Size = Field(0, description="bytes kept of one answer; 0 keeps all")
    new_stories: Natural = Field(
        100, description="stories that one source may add in one run; others wait for the next"
    )


class Filter(_Table):
    """``filter = { … }`` of a source: which of its stories are watched; a story passes all that is said."""

    words: tuple[str, ...] = Field((), description="one of these words or phrases is in headline, summary or address")
    without: tuple[str, ...] = Field((), description="none of these is")
    sections: tuple[str, ...] = Field((), description='a category or folder of the address ("/news/") is one of these')
    since: date | None = Field(None, description="published on this day or later, where the source gives a date")
    max_age: Span | None = Field(None, description="published no longer ago than this, where the source gives a date")


class StoryEntry(_Table):
    """``[[story]]``: a story to watch, by any of its pages, and the copies known."""

    url: Address = Field(description="any page of the story")
    copies: tuple[Address, ...] = Field((), description="further pages that carry it")
    collection: Name | None = Field(None, description="where it is kept; the first collection if not said")


class SourceEntry(_Table):
    """``[[source]]``: a feed, news sitemap, publisher's or aggregator's page that stories are taken from."""

    url: Address = Field(description="address of the feed, sitemap or page")
    every: Span = Field(timedelta(hours=1), description="how often it is read")
    filter: Filter = Field(default_factory=Filter, description="which of its stories are watched")
    collection: Name | None = Field(None, description="where its stories are kept; the first collection if not said")


class CollectionEntry(_Table):
    """``[[collection]]``: a folder of the archives."""

    name: Name = Field(description="name of its folder")
    rotate: Literal["never", "yearly", "monthly"] = Field(
        "never", description="begin a new folder, NAME-2026-11, so often"
    )
    keep: Span | None = Field(
        None, description="delete a folder this long after its month or year ended; if not said it is kept for ever"
    )


class Store(_Table):
    """``[store]``: how the store is used that ``archives = "s3://BUCKET/PREFIX"`` names.

    Its keys come from the environment (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``) and from nowhere else.
    """

    address: SkipJsonSchema[str] = Field("", description="what ``archives`` says")
    spool: Folder = Field(Path("spool"), description="the folder that is crawled into, seen from this file")
    endpoint: Address | None = Field(None, description="the store's web address, where it is not Amazon's")
    region: str | None = Field(None, pattern=r"^[a-z0-9-]{1,40}$", description="the store's region")
    keep_local: Span = Field(timedelta(days=7), description="a WARC stays in the spool for so long once it is stored")
    verify: Literal["checksum", "read"] = Field(
        "checksum", description="how an upload is verified: by the SHA-256 the store tells, or read back in any case"
    )

    @property
    def access(self) -> Access:
        """How the store is reached."""
        endpoint = self.endpoint.rstrip("/") if self.endpoint else None
        return Access(endpoint, self.region, self.verify == "read")


class Email(_Table):
    """``[alarms.email]``: a mail server and whom to write to; its password comes from the environment."""

    to: tuple[Line, ...] = Field(min_length=1)
    sender: Line = Field(alias="from")
    server: Server = Field(description="HOST or HOST:PORT")
    user: str | None = None
    password_env: str = Field("WIRECOPY_SMTP_PASSWORD", description="the environment variable that holds the password")
    security: Literal["starttls", "tls", "none"] = "starttls"


class Alarms(_Table):
    """``[alarms]``: whom to tell, and when something counts as wrong."""

    webhook: Address | None = Field(None, description="gets each alarm as JSON by POST")
    command: tuple[Line, ...] = Field((), description="is run with each alarm as JSON on its standard input")
    email: Email | None = None
    repeat: Span = Field(timedelta(days=1), description="an alarm that stays is told again after this time")
    failing_runs: Positive = Field(3, description="visits of a site that fail in a row before it is an alarm")
    coverage_drop: float = Field(0.3, gt=0, le=1, description="a field found this much less often than before")
    disk_days: Natural = Field(14, description="days until the disk is full at the present pace")

    @property
    def ways(self) -> int:
        """On how many ways people are told."""
        return sum(map(bool, (self.webhook, self.command, self.email)))


class Watchlist(_Table):
    """A whole watchlist."""

    contact: Contact | None = Field(None, description="e-mail or URL that the User-Agent names; or $WIRECOPY_CONTACT")
    archives: Folder = Field(
        Path("archives"), description="where collections are kept: a folder, seen from this file, or s3://BUCKET/PREFIX"
    )
    store: Store | None = Field(None, description="what more there is to say of s3://BUCKET/PREFIX")
    capture: What = Field(default_factory=What)
    politeness: Politeness = Field(default_factory=Politeness)
    revisit: Revisit = Field(default_factory=Revisit)
    limits: Limits = Field(default_factory=Limits)
    alarms: Alarms = Field(default_factory=Alarms)
    metrics: File | None = Field(None, description="a Prometheus text file written after each run")
    log: File | None = Field(None, description="a file of JSON lines, one an event")
    allow_addresses: tuple[Network, ...] = Field((), description="private or loopback ranges that may be fetched from")
    proxy: Address | None = Field(None, description="an HTTP proxy to go through; or $WIRECOPY_PROXY")
    mask_logins: StrictBool = Field(False, description="keep the logins of $WIRECOPY_LOGINS out of the archives")
    ca_file: File | None = Field(None, description="further certificates to trust, PEM")
    collection: tuple[CollectionEntry, ...] = ()
    story: tuple[StoryEntry, ...] = ()
    source: tuple[SourceEntry, ...] = ()
