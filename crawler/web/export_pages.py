"""The tables of the collections, to take away in any format: what ``wirecopy export`` writes."""

from __future__ import annotations

from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from crawler.archive import Collection
from crawler.archive.scratch import Scratch
from crawler.export.schema import SCHEMA
from crawler.export.written import FORMATS
from crawler.web.pages import Desk, both, missing
from crawler.web.takeaway import Takeaway, TakeawayError


class ExportPages:
    """The pages that say what can be taken away, and the files themselves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._takeaway = Takeaway()

    def routes(self) -> list[Route]:
        """Their routes."""
        return [
            Route("/export/{collection}/{name}.zip", self.file),
            Route("/export.zip", self.file),
            *both("/export", self.choose),
            *both("/export/{collection}", self.choose),
        ]

    def choose(self, request: Request) -> Response:
        """What there is: tables, their columns, formats."""
        collection = request.path_params.get("collection")
        self._folders(collection)
        wanted = request.query_params.get("table", "")
        tables = [
            {
                "name": table.name, "row": table.row,
                "columns": [
                    {"name": column.name, "type": column.type, "meaning": column.meaning, "unit": column.unit}
                    for column in table.columns
                ],
            }
            for table in SCHEMA.values()
        ]  # fmt: skip
        data = {"collection": collection, "formats": list(FORMATS), "tables": tables}
        return self._desk.show(request, "export.html", data, wanted=wanted)

    async def file(self, request: Request) -> Response:
        """The tables in one format, zipped with their description; made when asked for, removed when sent."""
        form, table = request.query_params.get("format", "parquet"), request.query_params.get("table", "")
        if form not in FORMATS or (table and table not in SCHEMA):
            raise missing(f"format is one of {', '.join(FORMATS)}, table one of {', '.join(SCHEMA)}")
        folders = await run_in_threadpool(self._folders, request.path_params.get("collection"))
        scratch = Scratch()
        try:
            packed = await self._takeaway.pack(folders, form, table, Path(scratch.name), request.is_disconnected)
        except TakeawayError as error:
            scratch.cleanup()
            raise missing(str(error)) from error
        except BaseException:
            scratch.cleanup()
            raise
        name = f"{request.path_params.get('collection') or 'wirecopy'}-{table or 'tables'}-{form}.zip"
        safe = "".join(letter if letter.isalnum() or letter in "-._" else "_" for letter in name)
        return FileResponse(
            packed, media_type="application/zip", filename=safe, background=BackgroundTask(scratch.cleanup)
        )

    def _folders(self, collection: str | None) -> list[Path]:
        holdings = self._desk.holdings
        names = holdings.names() if collection is None else [collection]
        archives = [holdings.archive(name) for name in names]
        folders = [
            archive.path
            for archive in archives
            if isinstance(archive, Collection) and (archive.path / "tables" / "articles.jsonl").exists()
        ]
        if not folders:
            raise missing(f"there are no tables of {collection or 'any collection'}")
        return folders
