"""What stands before an amount."""

from __future__ import annotations

import unittest

from furnistream_superset.store_currency import number_format


class StoreCurrencyTest(unittest.TestCase):
    """Symbols as they are written in English, Superset's language."""

    def test_each_currency_has_its_symbol(self) -> None:
        symbols = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "BRL": "R$", "AUD": "A$", "INR": "₹"}
        for code, symbol in symbols.items():
            with self.subTest(code):
                self.assertEqual(number_format(code), {"currency": [symbol, ""]})

    def test_letters_do_not_touch_the_number(self) -> None:
        self.assertEqual(number_format("CHF"), {"currency": ["CHF\u00a0", ""]})
        self.assertEqual(number_format("KWD"), {"currency": ["KWD\u00a0", ""]})

    def test_another_text_is_named_with_its_variable(self) -> None:
        for text in ("eur", "€", "", "QQQ"):
            with self.subTest(text), self.assertRaisesRegex(ValueError, f"FURNISTREAM_STORE_CURRENCY, is '{text}'"):
                number_format(text)
