"""An S3-compatible store on loopback, in a process of its own."""

from __future__ import annotations

import logging
import sys
import threading

from moto.moto_server.werkzeug_app import MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from tests.shared import serving


def main() -> None:
    """Serve until the tests end."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # S3 alone: to tell which of Amazon's services is meant costs more than to answer.
    server = make_server("127.0.0.1", 0, create_backend_app("s3"), threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    serving(str(server.server_port), *sys.argv[1:])
