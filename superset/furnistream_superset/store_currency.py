"""The currency of the store, whose symbol stands before its amounts."""

from __future__ import annotations

from babel.numbers import get_currency_symbol, list_currencies

#: Between a symbol of letters and the amount: one that breaks no line.
_SPACE = "\u00a0"


def number_format(currency: str) -> dict[str, list[str]]:
    """Says what d3 writes for the ``$`` of a number's format, in every chart.

    Args:
        currency: the store's, a code of ISO 4217 such as EUR

    Raises:
        ValueError: there is no such currency
    """
    if currency not in list_currencies():
        raise ValueError(
            f"The store's currency, FURNISTREAM_STORE_CURRENCY, is {currency!r}, which is not a code of ISO 4217."
            " Write one such as USD, EUR or JPY."
        )
    symbol = get_currency_symbol(currency, locale="en_US")
    return {"currency": [symbol + _SPACE if symbol[-1].isalpha() else symbol, ""]}
