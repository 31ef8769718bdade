package io.furnistream.benchmarks.transforms;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of 25 fields, as the furniture store's are: 800 customers in 300 places. */
final class Sales {

  static final int RECORDS = 4096;
  static final int STATES = 48;

  private static final int CUSTOMERS = 800;
  private static final int PLACES = 300;
  private static final int TEXTS = 14;
  private static final String[] CATEGORIES = {"Furniture", "Office Supplies", "Technology"};

  /** A rule for each field, as the store has them. */
  static final String RULES =
      "{\"rules\": ["
          + Stream.of(
                  Stream.of(rule("ts", "\"type\": \"timestamp\"")),
                  Stream.concat(
                          Stream.of("customer_name", "state", "category"),
                          IntStream.range(0, TEXTS).mapToObj(text -> "text_" + text))
                      .map(field -> rule(field, "\"type\": \"text\", \"max_length\": 400")),
                  Stream.of("quantity", "line")
                      .map(field -> rule(field, "\"type\": \"integer\", \"min\": 1")),
                  Stream.of("latitude", "longitude")
                      .map(field -> rule(field, "\"min\": -180, \"max\": 180")),
                  Stream.of("price", "revenue", "profit")
                      .map(field -> rule(field, "\"min\": 0, \"max\": 99999999999999.9999")))
              .flatMap(rules -> rules)
              .collect(Collectors.joining(", "))
          + "]}";

  private Sales() {}

  private static String rule(String field, String asked) {
    return "{\"name\": \"%1$s\", \"field\": \"%1$s\", \"required\": true, %2$s}"
        .formatted(field, asked);
  }

  @SuppressWarnings("JavaUtilDate") // the class that Connect uses
  static SinkRecord[] records() {
    Schema money = Decimal.schema(4);
    SchemaBuilder builder =
        SchemaBuilder.struct()
            .name("Sale")
            .field("ts", Timestamp.SCHEMA)
            .field("customer_name", Schema.STRING_SCHEMA)
            .field("state", Schema.STRING_SCHEMA)
            .field("category", Schema.STRING_SCHEMA)
            .field("latitude", Decimal.builder(6).optional().build())
            .field("longitude", Decimal.builder(6).optional().build())
            .field("quantity", Schema.INT32_SCHEMA)
            .field("price", money)
            .field("revenue", money)
            .field("profit", money)
            .field("line", Schema.INT32_SCHEMA);
    for (int i = 0; i < TEXTS; i++) {
      builder.field("text_" + i, Schema.STRING_SCHEMA);
    }
    Schema schema = builder.build();
    Random random = new Random(1);
    SinkRecord[] records = new SinkRecord[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      int place = random.nextInt(PLACES);
      Struct sale =
          new Struct(schema)
              .put("ts", Date.from(Instant.ofEpochSecond(1_478_000_000L + random.nextInt(86_400))))
              .put("customer_name", "Customer Number " + random.nextInt(CUSTOMERS))
              .put("state", "state " + place % STATES)
              .put("category", CATEGORIES[random.nextInt(CATEGORIES.length)])
              .put("latitude", BigDecimal.valueOf(30_000_000L + place * 50_000L, 6))
              .put("longitude", BigDecimal.valueOf(-120_000_000L + place * 130_000L, 6))
              .put("quantity", 1 + random.nextInt(9))
              .put("price", BigDecimal.valueOf(random.nextInt(1_000_000), 4))
              .put("revenue", BigDecimal.valueOf(random.nextInt(1_000_000), 4))
              .put("profit", BigDecimal.valueOf(random.nextInt(1_000_000), 4))
              .put("line", 1);
      for (int text = 0; text < TEXTS; text++) {
        sale.put("text_" + text, "some text " + random.nextInt(1000));
      }
      records[i] = new SinkRecord("sales", 0, Schema.STRING_SCHEMA, "k", schema, sale, i);
    }
    return records;
  }
}
