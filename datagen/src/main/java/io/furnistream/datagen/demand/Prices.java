package io.furnistream.datagen.demand;

import io.furnistream.datagen.store.Demand;
import io.furnistream.datagen.store.Product;
import io.furnistream.datagen.store.Store;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** List prices, which change on some days. */
final class Prices {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Map<String, NavigableMap<LocalDate, BigDecimal>> changed = new HashMap<>();

  Prices(Store store) {
    int decimals = Math.min(Money.SCALE, store.currency().getDefaultFractionDigits());
    // Changes of one day stay in the order of the file.
    List<Demand.PriceChange> changes =
        store.demand().priceChanges().stream()
            .sorted(Comparator.comparing(Demand.PriceChange::day))
            .toList();
    for (Product product : store.products()) {
      NavigableMap<LocalDate, BigDecimal> prices = new TreeMap<>();
      BigDecimal price = product.price();
      for (Demand.PriceChange change : changes) {
        if (isOf(change, product)) {
          price = changed(price, change.percent(), decimals);
          prices.put(change.day(), price);
        }
      }
      changed.put(product.id(), prices);
    }
  }

  /** The list price of one piece on a day, scale 4, in the store's currency. */
  BigDecimal on(LocalDate day, Product product) {
    Map.Entry<LocalDate, BigDecimal> last = changed.get(product.id()).floorEntry(day);
    return last == null ? product.price() : last.getValue();
  }

  private static boolean isOf(Demand.PriceChange change, Product product) {
    return (change.category() == null || change.category().equals(product.category()))
        && (change.product() == null || change.product().equals(product.id()));
  }

  // No price falls below the smallest coin, nor grows beyond what a record holds.
  private static BigDecimal changed(BigDecimal price, BigDecimal percent, int decimals) {
    BigDecimal coin = BigDecimal.ONE.movePointLeft(decimals);
    return price
        .multiply(HUNDRED.add(percent))
        .divide(HUNDRED)
        .setScale(decimals, RoundingMode.HALF_UP)
        .max(coin)
        .min(new BigDecimal("10000000"))
        .setScale(Money.SCALE);
  }
}
