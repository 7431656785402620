"""``python -m crawler.cli``: the command line where the script is not on the path."""

import sys

from crawler.cli import main

sys.exit(main())
