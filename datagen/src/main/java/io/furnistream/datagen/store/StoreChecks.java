package io.furnistream.datagen.store;

import com.fasterxml.jackson.core.JsonPointer;
import io.furnistream.schemas.Money;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a schema cannot say of a store's catalogue, cities and hours. */
final class StoreChecks {

  /** Hours of a platform that never closes: a clock that changes skips two at most. */
  private static final int LEAST_HOURS = 3;

  private final LocatedYaml yaml;
  private final StoreDocument document;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> subCategories = new HashSet<>();
  private boolean oneIsAlwaysSold;

  StoreChecks(LocatedYaml yaml, StoreDocument document) {
    this.yaml = yaml;
    this.document = document;
  }

  /**
   * Requires that all is sound.
   *
   * @throws io.furnistream.cli.WrongInputException naming the first thing that is not
   */
  void require() {
    requireCurrency();
    requireProducts();
    requireCities();
    requireAPlatformThatNeverCloses();
  }

  private void requireCurrency() {
    boolean money =
        Currency.getAvailableCurrencies().stream()
            .anyMatch(
                each ->
                    each.getCurrencyCode().equals(document.currency())
                        && each.getDefaultFractionDigits() >= 0);
    require(
        money,
        JsonPointer.compile("/currency"),
        "'%s' is no currency of ISO 4217. Write one such as USD or EUR"
            .formatted(document.currency()));
  }

  private void requireProducts() {
    JsonPointer products = JsonPointer.compile("/products");
    document
        .products()
        .forEach(
            (category, shelves) ->
                shelves.forEach(
                    (subCategory, entries) -> {
                      JsonPointer shelf =
                          products.appendProperty(category).appendProperty(subCategory);
                      require(
                          subCategories.add(subCategory),
                          shelf,
                          "another category has a sub-category of this name. Give it another");
                      for (int i = 0; i < entries.size(); i++) {
                        requireProduct(entries.get(i), shelf.appendIndex(i));
                      }
                    }));
    require(
        oneIsAlwaysSold,
        products,
        "on some days nothing is sold. Leave `launched` and `ended` of one product out");
  }

  private void requireProduct(StoreDocument.ProductEntry product, JsonPointer place) {
    require(
        ids.add(product.id()),
        place.appendProperty("id"),
        "'%s' is there twice. Give each product an id of its own".formatted(product.id()));
    requireDecimals(product.price(), Money.SCALE, place.appendProperty("price"));
    requireDecimals(product.unitCost(), Money.SCALE, place.appendProperty("unit_cost"));
    require(
        product.price().signum() > 0, place.appendProperty("price"), "is 0. Write what it costs");
    require(
        product.launched() == null
            || product.ended() == null
            || product.launched().isBefore(product.ended()),
        place.appendProperty("ended"),
        "is not after `launched`, so that it is never sold. Change one of them");
    oneIsAlwaysSold |= product.launched() == null && product.ended() == null;
  }

  private void requireCities() {
    document
        .cities()
        .forEach(
            (country, states) ->
                states.forEach(
                    (state, entries) -> {
                      JsonPointer place =
                          JsonPointer.compile("/cities")
                              .appendProperty(country)
                              .appendProperty(state);
                      Set<String> names = new HashSet<>();
                      for (int i = 0; i < entries.size(); i++) {
                        StoreDocument.CityEntry city = entries.get(i);
                        JsonPointer at = place.appendIndex(i);
                        require(
                            names.add(city.name()),
                            at.appendProperty("name"),
                            "'%s' is there twice. Remove one of the two".formatted(city.name()));
                        requireDecimals(
                            city.latitude(), City.COORDINATE_SCALE, at.appendProperty("latitude"));
                        requireDecimals(
                            city.longitude(),
                            City.COORDINATE_SCALE,
                            at.appendProperty("longitude"));
                      }
                    }));
  }

  private void requireAPlatformThatNeverCloses() {
    require(
        document.hours().keySet().stream().anyMatch(this::neverCloses),
        JsonPointer.compile("/hours"),
        "on some days no platform sells. Let one sell in %d hours or more of every day, and close on no weekday and no holiday"
            .formatted(LEAST_HOURS));
  }

  private boolean neverCloses(Platform platform) {
    Map<DayOfWeek, Double> weekdays = document.demand().weekdays().getOrDefault(platform, Map.of());
    return document.hours().get(platform).stream().filter(weight -> weight > 0).count()
            >= LEAST_HOURS
        && weekdays.values().stream().allMatch(factor -> factor > 0)
        && document.demand().holidays().stream()
            .map(holiday -> holiday.closed() == null ? List.<Platform>of() : holiday.closed())
            .noneMatch(closed -> closed.contains(platform));
  }

  private void requireDecimals(BigDecimal number, int most, JsonPointer place) {
    require(
        number.stripTrailingZeros().scale() <= most,
        place,
        "has more than %d decimals: %s. Round it".formatted(most, number.toPlainString()));
  }

  private void require(boolean sound, JsonPointer place, String what) {
    if (!sound) {
      throw yaml.wrong(place, what);
    }
  }
}
