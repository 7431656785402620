"""Bot walls: challenges and refusals that were delivered in place of the page, whatever their status."""

from __future__ import annotations

import re

from crawler.extract.outcome.sight import SHORT, STUB, Sight, phrases, together

# What the vendors' interstitials carry, seen 2023 to 2026. Ordinary pages behind the same vendor carry some of these
# too (a sensor script, a comment form's captcha), so none counts where there is a text to read.
_VENDORS = (
    ("Cloudflare", r"_cf_chl_opt|cf[-_]chl[-_]|cf-browser-verification|cf-error-details|challenges\.cloudflare\.com"
                   r"|/cdn-cgi/challenge-platform/\w+/\w/orchestrate|cf\.errors\.css"),
    ("HUMAN (PerimeterX)", r"px-captcha|captcha\.px-(?:cdn|cloud)\.net|_pxAppId|perimeterx\.\w+/whywasiblocked"),
    ("DataDome", r"captcha-delivery\.com|\bvar dd ?= ?\{|datadome"),
    ("Akamai", r"sec-(?:if-)?cpt-|/_sec/cp_challenge|bm-verify|errors\.edgesuite\.net"
               r"|reference (?:#|&#35;)\d+\.[0-9a-f]"),
    ("Imperva", r"_Incapsula_Resource|incapsula incident id|distil_(?:r_captcha|identify)|imperva-captcha"),
    ("AWS WAF", r"gokuProps|AwsWaf(?:Integration|Captcha)|awsWafCookieDomainList|token\.awswaf\.com"),
    ("Kasada", r"\bKPSDK\b|ips\.js\?(?:tkrm|KP_)"),
    ("F5", r"/TSPD/|the requested url was rejected\. please consult"),
    ("Radware", r"perfdrive\.com"),
    ("Sucuri", r"sucuri_cloudproxy|sucuri website firewall"),
    ("DDoS-Guard", r"ddos-guard"),
    ("Queue-it", r"queue-it\.net|queueittoken"),
    ("Vercel", r"vercel security checkpoint|/\.well-known/vercel/security"),
    ("Anubis", r"anubis_challenge|\.within\.website/x/cmd/anubis"),
)  # fmt: skip
_MARKS = (
    b"cf_chl", b"cf-chl", b"cf-browser-verification", b"cf-error-details", b"challenges.cloudflare", b"/orchestrate",
    b"cf.errors", b"px-captcha", b"captcha.px", b"pxappid", b"perimeterx", b"captcha-delivery", b"var dd", b"datadome",
    b"cpt-", b"/_sec/", b"bm-verify", b"edgesuite", b"reference #", b"reference &#35;", b"incapsula", b"distil_",
    b"imperva-captcha", b"gokuprops", b"awswaf", b"kpsdk", b"ips.js?", b"/tspd/", b"the requested url was rejected",
    b"perfdrive", b"sucuri", b"ddos-guard", b"queue-it", b"queueit", b"vercel", b"anubis", b".within.website",
)  # fmt: skip
"""Without one of these a page carries no vendor's mark; looking for them costs a twentieth of what the pattern does."""
_VENDOR = re.compile("|".join(f"(?P<v{number}>{marks})" for number, (_, marks) in enumerate(_VENDORS)), re.I)
_CAPTCHA = re.compile(
    r"g-recaptcha|h-captcha|hcaptcha\.com/1/api|cf-turnstile|frc-captcha|geetest|smartcaptcha|smart-captcha|funcaptcha"
    r"|arkoselabs\.com|mtcaptcha|captcha-container|id=[\"']captcha",
    re.I,
)
_NAME = phrases("wall", "titled")
_SAYS = phrases("wall", "says")
_REFUSES = phrases("wall", "refuses")
_PROOF = together("wall", "proofs", "asks", 40)
_LITTLE = 1500
"""Visible characters that no wall exceeds much, and no article page stays below."""


def wall(sight: Sight) -> str | None:
    """Why the page is a challenge or a refusal; None where it is none."""
    if sight.size >= STUB:
        return None
    whole = sight.names[:1] if sight.visible > 2 * _LITTLE or sight.dated else sight.names
    if (name := next((name for name in whole if _NAME.fullmatch(name.rstrip(" .!?…"))), None)) and not sight.claims:
        return f"titled {name!r}{_by(sight)}"
    if sight.visible < _LITTLE and sight.size < 2 * SHORT and not (sight.claims and sight.size >= SHORT):
        if match := _carried(sight):
            return f"a page of {_vendor(match)}: carries {match.group()!r}"
        if sight.is_told:
            return None
        if match := _SAYS.search(f"{sight.title} {sight.opening}"):
            return f"says {match.group()!r}"
        if sight.size < SHORT and (match := _REFUSES.search(sight.stated) or _PROOF.search(sight.stated)):
            return f"says {match.group()!r}"
        if sight.size < SHORT and sight.visible < 700 and (match := _CAPTCHA.search(sight.source)):
            return f"little but a captcha: carries {match.group()!r}"
    claimed = sight.claims or sight.is_told
    if sight.size < 500 and sight.visible < 3000 and not claimed and (match := _SAYS.search(sight.opening)):
        return f"says {match.group()!r}"
    return None


def _by(sight: Sight) -> str:
    match = _carried(sight)
    return f", a page of {_vendor(match)}" if match else ""


def _carried(sight: Sight) -> re.Match[str] | None:
    """A vendor's mark in the markup."""
    source = sight.source.encode("utf-8", "replace").lower()
    return _VENDOR.search(sight.source) if any(mark in source for mark in _MARKS) else None


def _vendor(match: re.Match[str]) -> str:
    return _VENDORS[int((match.lastgroup or "v0")[1:])][0]
