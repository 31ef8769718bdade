package io.furnistream.cli;

import java.util.Currency;
import java.util.Map;

/** The currency of the store's amounts: how they are shown. No amount is ever converted. */
public final class StoreCurrency {

  /** Names the environment variable that says it, for every part that asks. */
  public static final String VARIABLE = "FURNISTREAM_STORE_CURRENCY";

  /** The currency unless the variable says another. */
  public static final String DEFAULT = "USD";

  private StoreCurrency() {}

  /**
   * Reads the currency from environment variables; a blank variable counts as none.
   *
   * @throws CannotRunException when the variable is no code of ISO 4217 for money; XAU (gold) and
   *     XXX (none) are not money
   */
  public static Currency fromEnvironment(Map<String, String> environment) {
    String code = environment.getOrDefault(VARIABLE, "").strip();
    if (code.isEmpty()) {
      return Currency.getInstance(DEFAULT);
    }
    return Currency.getAvailableCurrencies().stream()
        .filter(each -> each.getCurrencyCode().equals(code))
        .filter(each -> each.getDefaultFractionDigits() >= 0)
        .findFirst()
        .orElseThrow(
            () ->
                new CannotRunException(
                    "%s is '%s', which is not a currency's code of ISO 4217. Write one such as %s, EUR or JPY."
                        .formatted(VARIABLE, code, DEFAULT)));
  }
}
