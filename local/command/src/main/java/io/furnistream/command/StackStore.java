package io.furnistream.command;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.StoreCurrency;
import io.furnistream.cli.StoreName;
import io.furnistream.cli.StoreZone;
import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.StoreFile;
import java.util.Currency;
import java.util.Map;

/** The store that a stack is started for, when one is named. */
final class StackStore {

  private StackStore() {}

  /**
   * Refuses a store that the stack would not fit, before anything starts: its sales would fail
   * later, or be shown in another currency.
   *
   * @throws CannotRunException with what to set
   */
  static void requireFitting(Map<String, String> environment) {
    if (!StoreName.isIn(environment)) {
      // A shop that replays its own sales has its own currency, and need not have a store file.
      return;
    }
    Store store =
        StoreFile.read(
            StoreName.fromEnvironment(environment), StoreZone.fromEnvironment(environment));
    Currency shown = StoreCurrency.fromEnvironment(environment);
    if (!store.currency().equals(shown)) {
      throw new CannotRunException(
          "The store %1$s has amounts in %2$s, and the dashboards would show them as %3$s; nothing is converted. Set %4$s=%2$s."
              .formatted(
                  store.source(),
                  store.currency().getCurrencyCode(),
                  shown.getCurrencyCode(),
                  StoreCurrency.VARIABLE));
    }
  }
}
