package io.furnistream.transforms;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** Every page in {@code docs/}. */
final class ReferencePages {

  private static final String PARTS =
      "A field is named by its path, such as `address.city`; a name with a dot in it stands in"
          + " backticks.";
  private static final String NULLS =
      "Tombstones pass unchanged. Records with a schema and without one (maps) work; name, version,"
          + " doc, parameters and logical types of everything else are kept.";
  private static final String FAILS =
      "A missing field or a type that is not taken is a `DataException`: dead-lettered where the"
          + " connector says so. A wrong property is refused when the connector is created.";

  private ReferencePages() {}

  static List<ReferencePage> all() {
    return List.of(dateParts(), pseudonymise(), routeByField());
  }

  private static ReferencePage dateParts() {
    Schema schema =
        SchemaBuilder.struct()
            .field("order_id", Schema.STRING_SCHEMA)
            .field("ts", Timestamp.SCHEMA)
            .build();
    Struct value =
        new Struct(schema)
            .put("order_id", "US-2016-1")
            .put("ts", java.util.Date.from(java.time.Instant.parse("2016-11-07T04:59:59Z")));
    return new ReferencePage(
        "DateParts",
        DateParts.OVERVIEW_DOC,
        DateParts.CONFIG_DEF,
        List.of(
            "The new fields are `int32`: year, month 1 to 12, day, and weekday by ISO 8601, **1"
                + " Monday to 7 Sunday**; optional when the field may be null.",
            "A `Date` has no time of day: no zone shifts it. Nor text without an offset, which is"
                + " taken as it stands.",
            "A new field that exists already fails.",
            PARTS,
            NULLS,
            FAILS),
        List.of(
            new ReferencePage.Example(
                "the store's own day",
                new DateParts.Value<>(),
                Map.of("field", "ts", "zone", "America/New_York"),
                Records.ofValue(value))));
  }

  private static ReferencePage pseudonymise() {
    Schema schema =
        SchemaBuilder.struct()
            .field("customer_id", Schema.INT64_SCHEMA)
            .field("customer_name", Schema.OPTIONAL_STRING_SCHEMA)
            .field("quantity", Schema.INT32_SCHEMA)
            .build();
    Struct value =
        new Struct(schema)
            .put("customer_id", 4711L)
            .put("customer_name", "Eve Example")
            .put("quantity", 2);
    return new ReferencePage(
        "Pseudonymise",
        Pseudonymise.OVERVIEW_DOC,
        Pseudonymise.CONFIG_DEF,
        List.of(
            "A token is the beginning, in hexadecimal digits, of HMAC-SHA-256 under the key over"
                + " the length of the domain's UTF-8 (4 bytes, big-endian), the domain and the"
                + " text.",
            "Fields of one transform share its domain: the same text in two of them gives the same"
                + " token. To keep them apart, use two transforms with a domain each.",
            "Text is brought into Unicode's normal form C first; case and blanks count. A whole"
                + " number is taken as its decimal digits, so that 7 and `7` agree.",
            "Null stays null. The field becomes a string, optional as it was; its doc is kept, its"
                + " default and logical type are not.",
            "A token is a pseudonym, no anonymity: whoever has the key can test a guess, and other"
                + " fields may still tell who it is. Keep the key where analysts cannot read it.",
            PARTS,
            NULLS,
            FAILS),
        List.of(
            new ReferencePage.Example(
                "customers that analysts can count and not name (a key of your own comes from a"
                    + " config provider: `${env:PSEUDONYM_KEY}`)",
                new Pseudonymise.Value<>(),
                Map.of(
                    "fields", "customer_id,customer_name",
                    "key", "an example, and therefore no secret",
                    "domain", "customer"),
                Records.ofValue(value))));
  }

  private static ReferencePage routeByField() {
    Schema schema =
        SchemaBuilder.struct()
            .field("category", Schema.OPTIONAL_STRING_SCHEMA)
            .field("quantity", Schema.INT32_SCHEMA)
            .build();
    Map<String, String> properties =
        Map.of(
            "topic", "${topic}-${value.category}",
            "topics", "sales-furniture,sales-office",
            "default.topic", "sales-other",
            "mapping", "Office Supplies:office",
            "lower.case", "true");
    return new ReferencePage(
        "RouteByField",
        RouteByField.OVERVIEW_DOC,
        RouteByField.CONFIG_DEF,
        List.of(
            "The class is `io.furnistream.transforms.RouteByField`; the template says whether it"
                + " reads the key, the value or both.",
            "In the text of a field each character that a topic's name cannot hold becomes an"
                + " underscore.",
            "A record without the part that the template reads keeps its topic: a tombstone, where"
                + " it reads the value. Where deletes matter, route by fields of the key.",
            "Key, value, headers, partition and timestamp stay as they are; use Connect's"
                + " predicates to route some records only.",
            PARTS,
            "A missing field, or one that is neither text, whole number nor boolean, is a"
                + " `DataException`: dead-lettered where the connector says so. A wrong property is"
                + " refused when the connector is created."),
        List.of(
            new ReferencePage.Example(
                "a topic a category",
                new RouteByField<>(),
                properties,
                Records.ofValue(
                    new Struct(schema).put("category", "Office Supplies").put("quantity", 2))),
            new ReferencePage.Example(
                "what is on no list",
                new RouteByField<>(),
                properties,
                Records.ofValue(new Struct(schema).put("category", "../etc").put("quantity", 2)))));
  }
}
