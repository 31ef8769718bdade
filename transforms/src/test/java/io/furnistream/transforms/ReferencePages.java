package io.furnistream.transforms;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.DropHeaders;
import org.apache.kafka.connect.transforms.predicates.HasHeaderKey;

/** Every page in {@code docs/}. */
final class ReferencePages {

  private static final String PARTS =
      "A field is named by its path, such as `address.city`; a name with a dot in it is written in"
          + " backticks.";
  private static final String NULLS =
      "Tombstones pass unchanged. Records with a schema and without one (maps) work; name, version,"
          + " doc, parameters and logical types of everything else are kept.";
  private static final String FAILS =
      "A missing field or a type that is not taken is a `DataException`: dead-lettered where the"
          + " connector says so. A wrong property is refused when the connector is created,"
          + " two that do not go together when its task starts.";

  /** Stands in the page for the table that the examples are run with. */
  private static final String TABLE = "/srv/tables/states.csv";

  /** Stands in the page for the rules that the examples are run with. */
  private static final String RULES = "/srv/rules/sales.json";

  private static final String QUARANTINED = "what was screened out goes to a quarantine topic";

  private ReferencePages() {}

  static List<ReferencePage> all() {
    return List.of(dateParts(), geoCell(), lookup(), pseudonymise(), routeByField(), screen());
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
            "A `Date` has no time of day, so no zone shifts it; text without an offset is also"
                + " taken as it is.",
            "Text is ISO 8601, or as databases write it: `2023-12-01`, `2023-12-01T05:00`,"
                + " `2023-12-01 05:00:00.123`, a time with an offset (`Z`, `+00`, `+0000`, `+00:00`)"
                + " or without one, and up to nine digits of a second.",
            "An int64 does not say its unit: state it with `unix.precision`, as for Kafka's"
                + " TimestampConverter. Between 1971 and 2199 the numbers of no two units overlap, so"
                + " one outside that range is refused with the unit that it would fit. Times before"
                + " 1971: make them a Timestamp first, with TimestampConverter. A Timestamp, a Date"
                + " and text say what they mean, and may lie in the years 1 to 9999.",
            "A new field whose name already exists is an error.",
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
            "The tokens of the 4,096 texts used last are remembered, in about 1 MB of the worker's"
                + " heap.",
            "A token is a pseudonym, not anonymity: anyone with the key can test a guess, and other"
                + " fields may still reveal who it is. Keep the key where analysts cannot read it.",
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
                + " predicates to route some records only, as the last example does: behind a"
                + " [Screen](Screen.md) that marks, what was screened out goes to a topic or table"
                + " of its own.",
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
                Records.ofValue(new Struct(schema).put("category", "../etc").put("quantity", 2))),
            new ReferencePage.Example(QUARANTINED, quarantine(), sale("US-1", 0))));
  }

  /** A chain in which what was screened out takes another way than what is sound. */
  private static List<ReferencePage.Link> quarantine() {
    ReferencePage.Condition screenedOut =
        new ReferencePage.Condition(
            "screenedOut", new HasHeaderKey<>(), Map.of("name", "screen.rule"));
    return List.of(
        new ReferencePage.Link(
            "unmark", new DropHeaders<>(), Map.of("headers", "screen.rule"), null, false),
        new ReferencePage.Link(
            "screen",
            new Screen.Value<>(),
            Map.of("rules.file", RULES, "on.failure", "mark"),
            null,
            false),
        new ReferencePage.Link(
            "quarantine",
            new RouteByField<>(),
            Map.of("topic", "quarantine", "topics", "quarantine"),
            screenedOut,
            false),
        new ReferencePage.Link(
            "day", new DateParts.Value<>(), Map.of("field", "ts"), screenedOut, true));
  }

  private static SinkRecord sale(String orderId, int quantity) {
    Schema schema =
        SchemaBuilder.struct()
            .field("order_id", Schema.STRING_SCHEMA)
            .field("quantity", Schema.INT32_SCHEMA)
            .field("ts", Timestamp.SCHEMA)
            .build();
    return Records.ofValue(
        new Struct(schema)
            .put("order_id", orderId)
            .put("quantity", quantity)
            .put("ts", java.util.Date.from(java.time.Instant.parse("2016-11-07T04:59:59Z"))));
  }

  private static ReferencePage geoCell() {
    Schema degrees = Decimal.builder(6).optional().build();
    Schema schema =
        SchemaBuilder.struct()
            .field("city", Schema.STRING_SCHEMA)
            .field("latitude", degrees)
            .field("longitude", degrees)
            .build();
    Struct value =
        new Struct(schema)
            .put("city", "Reno")
            .put("latitude", new BigDecimal("39.529600"))
            .put("longitude", new BigDecimal("-119.813800"));
    return new ReferencePage(
        "GeoCell",
        GeoCell.OVERVIEW_DOC,
        GeoCell.CONFIG_DEF,
        List.of(
            "Coordinates are Decimal, float or int, in degrees (WGS 84). The centre is Decimal with"
                + " six digits after the point (0.1 m) if the latitude is a Decimal, else"
                + " `float64`.",
            "A null coordinate gives a null cell and a null centre; the new fields are optional. A"
                + " coordinate out of range fails.",
            "For both grids, or several resolutions, use the transform more than once with another"
                + " `cell` each.",
            "The cells of the 4,096 places used last are remembered, in about 1 MB.",
            "H3 comes with native libraries for Linux, macOS and Windows, unpacked to"
                + " `java.io.tmpdir`; geohash is plain Java.",
            PARTS,
            NULLS,
            FAILS),
        List.of(
            new ReferencePage.Example(
                "a hexagon of about 5 km²",
                new GeoCell.Value<>(),
                Map.of("grid", "h3", "resolution", "7"),
                Records.ofValue(value)),
            new ReferencePage.Example(
                "a box",
                new GeoCell.Value<>(),
                Map.of("grid", "geohash", "resolution", "5", "cell", "box"),
                Records.ofValue(value)),
            new ReferencePage.Example(
                "no place",
                new GeoCell.Value<>(),
                Map.of(),
                Records.ofValue(new Struct(schema).put("city", "unknown")))));
  }

  private static ReferencePage screen() {
    Schema schema =
        SchemaBuilder.struct()
            .field("order_id", Schema.STRING_SCHEMA)
            .field("quantity", Schema.INT32_SCHEMA)
            .build();
    Map<String, String> properties = Map.of("rules.file", RULES, "on.failure", "mark");
    return new ReferencePage(
        "Screen",
        Screen.OVERVIEW_DOC,
        Screen.CONFIG_DEF,
        List.of(
            "A rule checks one field: that it is there, declared as the schema must declare it, of"
                + " a type, within a range, a length or days, like a regular expression, one of a"
                + " list, equal to the record's key, of the partition that the record is in,"
                + " or not later than now and an allowance. The README of `screening` says how a"
                + " rule file is written.",
            "With `fail`, the error names the rule: `errors.tolerance=all` sends the record to the"
                + " dead-letter topic with it. With `drop` it is left out, and counted by rule in"
                + " the worker's log, once a minute at most. With `mark` it passes with a header.",
            "**Quarantine**: with `mark`, [RouteByField](RouteByField.md) with Kafka's predicate"
                + " `HasHeaderKey` sends screened-out records to a topic of their own, or a sink to"
                + " a table of its own. The transforms"
                + " that may fail because of the fault in the record get the predicate with"
                + " `negate`. Kafka's `DropHeaders` comes first: a header of that name that a"
                + " producer sent would hold back a sound record.",
            "The file is read when the connector or a task starts. **A file that changes is not"
                + " read again**: restart the connector.",
            "A missing field is null, and a field's default is not used. A value"
                + " that is not a record fails, whatever `on.failure` says.",
            "A missing or wrong file is refused when the connector is created, with the rule, its"
                + " property and what it takes.",
            PARTS,
            "Tombstones and records without a key pass unchanged. Records with a schema and without"
                + " one (maps) are judged alike."),
        List.of(
            new ReferencePage.Example(
                "with the rules `{\"rules\": [{\"name\": \"sold\", \"field\": \"quantity\","
                    + " \"min\": 1}]}`, one that breaks them",
                new Screen.Value<>(),
                properties,
                Records.ofValue(new Struct(schema).put("order_id", "US-1").put("quantity", 0))),
            new ReferencePage.Example(
                "one that keeps them",
                new Screen.Value<>(),
                properties,
                Records.ofValue(new Struct(schema).put("order_id", "US-2").put("quantity", 1))),
            new ReferencePage.Example(QUARANTINED, quarantine(), sale("US-1", 0)),
            new ReferencePage.Example(
                "in the same chain, a sound record", quarantine(), sale("US-2", 1))));
  }

  private static ReferencePage lookup() {
    Schema schema =
        SchemaBuilder.struct()
            .field("country", Schema.STRING_SCHEMA)
            .field("state", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Map<String, String> properties =
        Map.of(
            "table.file", TABLE,
            "key.fields", "country,state",
            "columns", "region:string,people=population:int64",
            "on.miss", "header");
    return new ReferencePage(
        "Lookup",
        Lookup.OVERVIEW_DOC,
        Lookup.CONFIG_DEF,
        List.of(
            "**Fresh without a restart.** A file is checked again every `check.seconds`, when a"
                + " record arrives; if its time, size or identity has changed it is read, and the"
                + " new table replaces the old one as a whole. A new file that cannot be"
                + " read changes nothing: the old rows stay in use and the log says why. Replace"
                + " a file by renaming another over it. A topic is read by a thread of its own.",
            "**At the start** a file that cannot be read fails the task. A topic is waited for, up"
                + " to `start.seconds` a record; a missing topic, or a broker that is down, is"
                + " not the record's fault, and the record is retried (a retriable error). **Set"
                + " `errors.retry.timeout`**, to -1 for no limit: Connect's default of 0 retries"
                + " nothing, and with `errors.tolerance=all` dead-letters the record.",
            "**A table is sound or refused as a whole**: a duplicate key, an empty key, a"
                + " cell that is not of its type, a row of another length, or more than `max.rows`"
                + " rows. In a topic the last row of a key counts, and a row that cannot be read is"
                + " skipped with a warning; while it has more than `max.rows` rows, records"
                + " wait to be retried, and the log says so every minute: raise it, or remove rows"
                + " and restart the task.",
            "**A key is compared in its normal form**: Unicode's form C, without white space around"
                + " it, and with one blank for white space within, so that `Michoacán` is found however"
                + " it is composed, and `Texas` with a trailing blank. Case counts unless"
                + " `key.ignore.case` says otherwise. Two rows of a file with one form are refused with"
                + " their lines. No field of a record is changed.",
            "**Misses** are counted: in JMX, `io.furnistream.transforms:type=Lookup,table=…` with"
                + " `Misses` and `LastMiss`, and in the worker's log, a warning with the first miss and"
                + " then once a minute at most, which names up to 50 keys with their counts."
                + " If a key identifies a person, put Pseudonymise in front.",
            "**A CSV file is UTF-8**; another encoding is refused with the line and what to do.",
            "**Memory**: each task holds the table in the worker's heap. 100,000 rows with a key of"
                + " 10 characters and three columns whose values repeat took 12 MB (125 bytes a row;"
                + " a value that repeats is held once in a file's table, while in a topic's each row"
                + " holds its own). A file needs as much again while it is read again, which takes"
                + " a second for 100,000 rows; records wait for it.",
            "Cells are read as text: an empty one is null, `boolean` is true or false, `date` and"
                + " `timestamp` are ISO 8601 (a timestamp without an offset is UTC). Parquet is"
                + " read by DuckDB, with up to 256 MB of its own memory while it reads.",
            "A key field that is null finds no row, unless it is the last and `key.wildcard` is set:"
                + " then it finds the row of the wildcard, as a text without a row does. Such a record"
                + " is no miss. It is looked up twice; one that has a row costs no more.",
            "A converter for a topic must be on the worker's class path; those of other plugin"
                + " folders cannot be seen from here. A partition added to the topic is read after"
                + " a restart of the task.",
            PARTS,
            NULLS,
            FAILS),
        List.of(
            new ReferencePage.Example(
                "a table `/srv/tables/states.csv` of `country,state,region,population`",
                new Lookup.Value<>(),
                properties,
                Records.ofValue(new Struct(schema).put("country", "US").put("state", "NV"))),
            new ReferencePage.Example(
                "a miss",
                new Lookup.Value<>(),
                properties,
                Records.ofValue(new Struct(schema).put("country", "US").put("state", "ZZ")))));
  }
}
