package io.furnistream.replay.lines;

import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.mapping.FieldSource;
import io.furnistream.replay.mapping.FieldSource.Constant;
import io.furnistream.replay.mapping.FieldSource.Derived;
import io.furnistream.replay.mapping.FieldSource.FromColumn;
import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.mapping.SaleFields;
import io.furnistream.replay.places.Place;
import io.furnistream.replay.places.Places;
import io.furnistream.replay.source.Row;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.Money;
import io.furnistream.schemas.RecordId;
import io.furnistream.screening.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes sales of the rows of one file, by a mapping. Not thread-safe. */
public final class LineMapper {

  private static final String UNKNOWN = "unknown";
  private static final String UNKNOWN_NAME = "Unknown";
  private static final int LONGEST_ID = 100;

  private final ContractRules<DailyRecordKey, DailyRecord> rules = ContractRules.ofSales();
  private final String dataset;
  private final Mapping mapping;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Integer> key = new ArrayList<>();
  private final NumberText numbers;
  private final TimeText times;
  private final Places places;
  private String order = "";
  private int line;

  /**
   * A mapper for a file.
   *
   * @param header names of the columns
   * @param storeZone whose days are the store's
   * @throws WrongInputException when a column is missing
   */
  public LineMapper(
      String dataset,
      Mapping mapping,
      Path file,
      List<String> header,
      ZoneId storeZone,
      Places places) {
    this.dataset = dataset;
    this.mapping = mapping;
    this.places = places;
    this.numbers = new NumberText(mapping.numbers());
    this.times = times(mapping, storeZone);
    Columns columns = new Columns(file, header);
    for (String column : mapping.columns()) {
      positions.put(column, columns.require(column, mapping.file()));
    }
    if (mapping.key().isEmpty()) {
      key.addAll(columns.ofData());
    } else {
      mapping.key().forEach(column -> key.add(positions.get(column)));
    }
  }

  private static TimeText times(Mapping mapping, ZoneId storeZone) {
    List<String> formats =
        mapping.fields().get(SaleFields.TIME) instanceof FromColumn column
            ? column.formats()
            : List.of();
    return new TimeText(formats, mapping.zone().orElse(storeZone), storeZone);
  }

  /**
   * The sale that a row is.
   *
   * @throws RejectedException when it is none
   */
  public Sale map(Row row) throws RejectedException {
    Cells cells = new Cells(row);
    RecordId id = id(row);
    TimeText.Time time = cells.time();
    int quantity = quantity(cells);
    BigDecimal discount = cells.numberOr("discount", BigDecimal.ZERO);
    BigDecimal price = cells.number("price");
    BigDecimal revenue = cells.number("revenue");
    BigDecimal unitCost = cells.numberOr("unit_cost", null);
    BigDecimal profit = cells.numberOr("profit", null);
    if (revenue == null) {
      revenue = Money.revenue(price, quantity, discount);
    }
    if (price == null) {
      price = price(row, revenue, quantity, discount);
    }
    if (profit == null && unitCost != null) {
      profit = Money.profit(revenue, unitCost, quantity);
    }
    String country = cells.text("country", "");
    String state = cells.text("state", "");
    String city = cells.text("city", "");
    Place place = places.find(country, state, city);
    String orderId = cells.text("order_id", UNKNOWN);
    String product = cells.text("product_name", "");
    DailyRecord sale =
        DailyRecord.newBuilder()
            .setTsId(id.text())
            .setTs(time.instant())
            .setTsDate(time.storeDay())
            .setOrderId(orderId)
            .setLine(line(cells, orderId))
            .setCustomerId(cells.text("customer_id", UNKNOWN))
            .setCustomerName(cells.text("customer_name", UNKNOWN_NAME))
            .setSegment(cells.text("segment", UNKNOWN_NAME))
            .setCountry(orUnknown(place.country()))
            .setState(orUnknown(place.state()))
            .setCity(orUnknown(place.city()))
            .setLatitude(coordinate(cells, "latitude", place.latitude()))
            .setLongitude(coordinate(cells, "longitude", place.longitude()))
            .setPlatform(cells.text("platform", UNKNOWN_NAME))
            .setPaymentMethod(cells.text("payment_method", UNKNOWN_NAME))
            .setCategory(cells.text("category", UNKNOWN_NAME))
            .setSubCategory(cells.text("sub_category", UNKNOWN_NAME))
            .setProductId(cells.text("product_id", shortened(product)))
            .setProductName(product)
            .setPrice(Money.of(price))
            .setUnitCost(unitCost == null ? null : Money.of(unitCost))
            .setQuantity(quantity)
            .setDiscount(discount.setScale(Money.SCALE, RoundingMode.HALF_UP))
            .setRevenue(Money.of(revenue))
            .setProfit(profit == null ? null : Money.of(profit))
            .build();
    requireSound(row, id, sale);
    return new Sale(id, sale, sale.getLatitude() != null && sale.getLongitude() != null);
  }

  private RecordId id(Row row) throws RejectedException {
    String[] parts = new String[key.size() + 1];
    parts[0] = dataset;
    for (int i = 0; i < key.size(); i++) {
      parts[i + 1] = row.cells()[key.get(i)].strip();
    }
    for (int i = 0; i < mapping.key().size(); i++) {
      if (parts[i + 1].isEmpty()) {
        throw new RejectedException(
            row, mapping.key().get(i), "key", "it is empty, and names the row");
      }
    }
    return RecordId.of(parts);
  }

  private int quantity(Cells cells) throws RejectedException {
    BigDecimal quantity = cells.number("quantity");
    try {
      return quantity.intValueExact();
    } catch (ArithmeticException e) {
      throw cells.rejected("quantity", "'%s' is not a whole number".formatted(quantity));
    }
  }

  /** Rows of an order follow one another in the files that people have. */
  private int line(Cells cells, String orderId) throws RejectedException {
    BigDecimal stated = cells.numberOr("line", null);
    if (stated != null) {
      try {
        return stated.intValueExact();
      } catch (ArithmeticException e) {
        throw cells.rejected("line", "'%s' is not a whole number".formatted(stated));
      }
    }
    line = orderId.equals(order) && !orderId.equals(UNKNOWN) ? line + 1 : 1;
    order = orderId;
    return line;
  }

  private static BigDecimal price(Row row, BigDecimal revenue, int quantity, BigDecimal discount)
      throws RejectedException {
    BigDecimal paid = BigDecimal.ONE.subtract(discount).multiply(BigDecimal.valueOf(quantity));
    if (paid.signum() == 0) {
      if (revenue.signum() == 0) {
        return BigDecimal.ZERO;
      }
      throw new RejectedException(
          row,
          "",
          "price",
          "revenue is %s, with a quantity of %d and a discount of %s: it has no price"
              .formatted(revenue.toPlainString(), quantity, discount.toPlainString()));
    }
    return revenue.divide(paid, Money.SCALE, RoundingMode.HALF_UP);
  }

  private static BigDecimal coordinate(Cells cells, String field, BigDecimal found)
      throws RejectedException {
    BigDecimal stated = cells.numberOr(field, null);
    return stated == null ? found : stated.setScale(6, RoundingMode.HALF_UP);
  }

  private void requireSound(Row row, RecordId id, DailyRecord sale) throws RejectedException {
    DailyRecordKey recordKey = new DailyRecordKey(sale.getTsDate(), id.bucket(), id.text());
    Optional<Failure> failure = rules.check(recordKey);
    if (failure.isEmpty()) {
      failure = rules.check(recordKey, sale);
    }
    if (failure.isPresent()) {
      String field = correctable(failure.get().rule());
      throw new RejectedException(
          row,
          Optional.ofNullable(mapping.fields().get(field)).flatMap(FieldSource::column).orElse(""),
          field,
          failure.get().message());
    }
  }

  /** The field whose column a person corrects, of one that is made from another. */
  private String correctable(String rule) {
    return switch (rule) {
      case "key_ts_date" -> SaleFields.TIME;
      case "product_id" -> mapping.fields().containsKey(rule) ? rule : "product_name";
      default -> rule;
    };
  }

  private static String orUnknown(String text) {
    return text.isBlank() ? UNKNOWN_NAME : text;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID);
  }

  /** The cells of a row, by the fields of a sale. */
  private final class Cells {

    private final Row row;

    Cells(Row row) {
      this.row = row;
    }

    /** A field's text; what stands instead where nothing makes it. */
    String text(String field, String unmapped) throws RejectedException {
      FieldSource source = mapping.fields().get(field);
      if (source instanceof Constant constant) {
        return constant.text();
      }
      if (!(source instanceof FromColumn column)) {
        return unmapped;
      }
      String cell = row.cells()[positions.get(column.name())].strip();
      if (cell.isEmpty()) {
        return column.otherwise().orElse("");
      }
      if (column.pattern().isEmpty()) {
        return cell;
      }
      Optional<String> part;
      try {
        part = PatternText.firstGroup(column.pattern().get(), cell);
      } catch (UnreadableException e) {
        throw rejected(field, e.getMessage());
      }
      if (part.isPresent()) {
        return part.get().strip();
      }
      if (column.otherwise().isPresent()) {
        return column.otherwise().get();
      }
      throw rejected(field, "'%s' is not of the form that the pattern asks for".formatted(cell));
    }

    /** A field's number, which must not be empty; null where nothing makes it. */
    BigDecimal number(String field) throws RejectedException {
      FieldSource source = mapping.fields().get(field);
      BigDecimal number = numberOr(field, null);
      if (number == null && source != null && !(source instanceof Derived)) {
        throw rejected(field, "it is empty");
      }
      return number;
    }

    /** A field's number, or another where it is empty or nothing makes it. */
    BigDecimal numberOr(String field, BigDecimal other) throws RejectedException {
      String text = text(field, "");
      if (text.isEmpty()) {
        return other;
      }
      try {
        return numbers.read(text);
      } catch (UnreadableException e) {
        throw rejected(field, e.getMessage());
      }
    }

    TimeText.Time time() throws RejectedException {
      String text = text(SaleFields.TIME, "");
      if (text.isEmpty()) {
        throw rejected(SaleFields.TIME, "it is empty");
      }
      try {
        return times.read(text);
      } catch (UnreadableException e) {
        throw rejected(SaleFields.TIME, e.getMessage());
      }
    }

    RejectedException rejected(String field, String message) {
      FieldSource source = mapping.fields().get(field);
      String column = source == null ? "" : source.column().orElse("");
      return new RejectedException(row, column, field, message);
    }
  }
}
