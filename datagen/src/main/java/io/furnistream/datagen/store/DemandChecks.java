package io.furnistream.datagen.store;

import com.fasterxml.jackson.core.JsonPointer;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a schema cannot say of how people shop in a store. */
final class DemandChecks {

  private static final JsonPointer DEMAND = JsonPointer.compile("/demand");

  /** Digits behind the point of a discount in a record, and of the share of returns. */
  private static final int FRACTION_SCALE = 4;

  /** Most weights of the tables that tastes and baskets need together on a day. */
  private static final long MAX_TABLE = 500_000;

  private final LocatedYaml yaml;
  private final StoreDocument document;
  private final Demand demand;
  private final Set<String> categories;
  private final Set<String> subCategories;

  DemandChecks(LocatedYaml yaml, StoreDocument document) {
    this.yaml = yaml;
    this.document = document;
    this.demand = document.demand();
    this.categories = document.products().keySet();
    this.subCategories =
        document.products().values().stream()
            .flatMap(shelves -> shelves.keySet().stream())
            .collect(Collectors.toSet());
  }

  /**
   * Requires that all is sound.
   *
   * @throws io.furnistream.cli.WrongInputException naming the first thing that is not
   */
  void require() {
    require(
        !demand.growth().until().isBefore(demand.growth().from()),
        DEMAND.appendProperty("growth").appendProperty("until"),
        "lies before `from`. Change one of them");
    for (String category : demand.seasons().keySet()) {
      requireKnown(category, categories, "category", at("seasons").appendProperty(category));
    }
    requirePromotions();
    requirePriceChanges();
    requireWeights();
    requireBaskets();
    requireTastes();
    requireFraction(demand.returns().share(), at("returns").appendProperty("share"));
  }

  private void requirePromotions() {
    Set<String> holidays = new HashSet<>();
    for (int i = 0; i < demand.holidays().size(); i++) {
      Demand.Holiday holiday = demand.holidays().get(i);
      require(
          holidays.add(holiday.name()),
          at("holidays").appendIndex(i).appendProperty("name"),
          "'%s' is there twice. Give each a name of its own".formatted(holiday.name()));
    }
    for (int i = 0; i < demand.promotions().size(); i++) {
      Demand.Promotion promotion = demand.promotions().get(i);
      JsonPointer place = at("promotions").appendIndex(i);
      requireFraction(promotion.discount(), place.appendProperty("discount"));
      if (promotion.categories() != null) {
        for (int c = 0; c < promotion.categories().size(); c++) {
          requireKnown(
              promotion.categories().get(c),
              categories,
              "category",
              place.appendProperty("categories").appendIndex(c));
        }
      }
      if (promotion.around() != null) {
        JsonPointer around = place.appendProperty("around");
        requireKnown(
            promotion.around().holiday(), holidays, "holiday", around.appendProperty("holiday"));
        require(
            promotion.around().first() <= promotion.around().last(),
            around.appendProperty("last"),
            "lies before `first`. Change one of them");
      }
      if (promotion.once() != null) {
        require(
            !promotion.once().to().isBefore(promotion.once().from()),
            place.appendProperty("once").appendProperty("to"),
            "lies before `from`. Change one of them");
      }
    }
  }

  private void requirePriceChanges() {
    Set<String> ids =
        document.products().values().stream()
            .flatMap(shelves -> shelves.values().stream())
            .flatMap(List::stream)
            .map(StoreDocument.ProductEntry::id)
            .collect(Collectors.toSet());
    for (int i = 0; i < demand.priceChanges().size(); i++) {
      Demand.PriceChange change = demand.priceChanges().get(i);
      JsonPointer place = at("price_changes").appendIndex(i);
      if (change.category() != null) {
        requireKnown(change.category(), categories, "category", place.appendProperty("category"));
      }
      if (change.product() != null) {
        requireKnown(change.product(), ids, "product", place.appendProperty("product"));
      }
    }
  }

  private void requireWeights() {
    JsonPointer orders = at("orders");
    requireOneAbove0(demand.orders().lines(), orders.appendProperty("lines"));
    requireOneAbove0(demand.orders().quantities(), orders.appendProperty("quantities"));
    for (int i = 0; i < demand.orders().discounts().size(); i++) {
      requireFraction(
          demand.orders().discounts().get(i).discount(),
          orders.appendProperty("discounts").appendIndex(i).appendProperty("discount"));
    }
    requireOneAbove0(
        demand.customers().segments().values(), at("customers").appendProperty("segments"));
    for (Platform platform : document.hours().keySet()) {
      requireOneAbove0(
          demand.payments().getOrDefault(platform, Map.of()).values(),
          at("payments").appendProperty(platform.text()));
    }
  }

  private void requireBaskets() {
    demand
        .goesWith()
        .forEach(
            (first, others) -> {
              JsonPointer place = at("goes_with").appendProperty(first);
              requireKnown(first, subCategories, "sub-category", place);
              for (String other : others.keySet()) {
                requireKnown(other, subCategories, "sub-category", place.appendProperty(other));
              }
            });
  }

  private void requireTastes() {
    for (int i = 0; i < demand.tastes().size(); i++) {
      Demand.Taste taste = demand.tastes().get(i);
      JsonPointer place = at("tastes").appendIndex(i);
      requireKnown(
          taste.country(), document.cities().keySet(), "country", place.appendProperty("country"));
      if (taste.state() != null) {
        requireKnown(
            taste.state(),
            document.cities().get(taste.country()).keySet(),
            "state of " + taste.country(),
            place.appendProperty("state"));
      }
      requireKnown(
          taste.subCategory(), subCategories, "sub-category", place.appendProperty("sub_category"));
    }
    long regions = demand.tastes().size() + 1L;
    long table = regions * (demand.goesWith().size() + 1L) * subCategories.size();
    require(
        table <= MAX_TABLE,
        at("tastes"),
        "tastes x goes_with x sub-categories are %d, more than %d. Leave some out"
            .formatted(table, MAX_TABLE));
  }

  private static JsonPointer at(String property) {
    return DEMAND.appendProperty(property);
  }

  private void requireKnown(String name, Collection<String> known, String what, JsonPointer place) {
    require(
        known.contains(name),
        place,
        "there is no %s '%s'. Name one that this file has".formatted(what, name));
  }

  private void requireOneAbove0(Collection<Integer> weights, JsonPointer place) {
    require(
        weights.stream().anyMatch(weight -> weight > 0),
        place,
        "has no weight above 0, so that nothing can be drawn. Write one");
  }

  private void requireFraction(BigDecimal fraction, JsonPointer place) {
    require(
        fraction.stripTrailingZeros().scale() <= FRACTION_SCALE,
        place,
        "has more than %d decimals: %s. Round it"
            .formatted(FRACTION_SCALE, fraction.toPlainString()));
  }

  private void require(boolean sound, JsonPointer place, String what) {
    if (!sound) {
      throw yaml.wrong(place, what);
    }
  }
}
