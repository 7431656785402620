"""Prices as pages print them, in whatever currency and digits."""

from __future__ import annotations

import re

_SIGN = r"[$¢£¤¥֏؋৲৳૱௹฿៛\u20a0-\u20cf]"
"""The signs of currencies that Unicode knows."""
_BEFORE = r"(?:R\$|Rp|RM|Rs|[KTU]?Sh|Kz|Fr|NT\$|kr)\.?"
_NAMED = (
    r"(?:USD|EUR|GBP|CHF|PLN|RUB|CZK|HUF|RON|BGN|RSD|TRY|UAH|SEK|NOK|DKK|ISK|INR|BDT|PKR|IDR|VND|KRW|JPY|CNY|ILS|KES|TZS"
    r"|UGX|NGN|ZAR|BRL|MXN|euros?|euroa|ευρώ|zł(?:otych)?|Kč|Ft|forint|kr|kroner|kronor|руб(?:\.|лей|ля)?|грн|гривень|лв|дин"
    r"|lei|leu|TL|lira|đ|đồng|rupiah|ringgit|shilling(?:i|s)?|ש\"ח|شيكل|شواكل|جنيها?|درهما?|دراهم|دينارا?|دنانير|ريالا?|ليرة|تومان|ریال|روپے|रुपये|रुपए|রুপি"
    r"|টাকা|ரூபாய்|ரூ)"
)
PRICE = re.compile(
    rf"{_SIGN}\s?\d|\d[\d.,'\s]{{0,12}}\s?{_SIGN}|(?<![^\W\d_]){_BEFORE}\s?\d|\d[\d.,]*(?:,-)?\s?(?:[円元원]|บาท|{_NAMED}(?![^\W\d_]))"
)
"""A price in a text, as far as its first or last digit."""
