"""Prices as pages print them, in whatever currency and digits."""

from __future__ import annotations

import re

_SIGN = r"[$¢£¤¥֏؋৲৳૱௹฿៛\u20a0-\u20cf]"
"""The signs of currencies that Unicode knows."""
_BEFORE = r"(?:R\$|Rp|RM|Rs|[KTU]?Sh|Kz|Fr|NT\$|kr)\.?"
_NAMED = (
    r"(?:USD|EUR|GBP|CHF|PLN|RUB|CZK|HUF|RON|BGN|RSD|TRY|UAH|SEK|NOK|DKK|ISK|INR|BDT|PKR|IDR|VND|KRW|JPY|CNY|ILS|KES|TZS"
    r"|UGX|NGN|ZAR|BRL|MXN|zł|Kč|Ft|kr|грн|лв|дин|lei|leu|TL|đ|đồng|rupiah|ringgit|ש\"ח)"
)
_STEMS = (
    r"(?:euro(?!p)|eiro|ευρώ|złot|korun|kron[eaou]|króna|forint|рубл|руб\.|гривн|гривень|лева|динар|dinar|dolar|dollar|долар|доллар"
    r"|δολάρ|lira|shilling|شيكل|شواكل|جنيه|درهم|دراهم|دينار|دنانير|ريال|ليرة|تومان|ریال|روپے|रुप|রুপ|টাকা|ரூ|[円元원]|บาท)"
)
"""Names of currencies that endings may follow."""
PRICE = re.compile(
    rf"{_SIGN}\s?\d|\d[\d.,'\s]{{0,12}}\s?{_SIGN}|(?<![^\W\d_]){_BEFORE}\s?\d|\d[\d.,]*(?:,-)?\s?(?:{_STEMS}|{_NAMED}(?![^\W\d_]))"
)
"""A price in a text, as far as its first or last digit."""
