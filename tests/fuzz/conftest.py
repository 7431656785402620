"""Every reader of what others wrote, fed with bytes that nobody meant: seconds in the suite, hours by ``make fuzz``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("fuzz-suite", max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile(
    "fuzz",
    max_examples=int(os.environ.get("WIRECOPY_FUZZ_EXAMPLES", "5000")),
    deadline=5000,  # one file of a few kilobytes; more than seconds is a hang in the making
    suppress_health_check=list(HealthCheck),
)
PROFILE = settings.get_profile("fuzz" if "WIRECOPY_FUZZ_EXAMPLES" in os.environ else "fuzz-suite")
