package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.furnistream.transforms.fields.FieldPath;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {

  private static final String STATES =
      """
      country,state,name,population,area,coastal,since,surveyed,density
      US,NV,Nevada,3104614,286380.1234,false,1864-10-31,2020-04-01T12:00:00Z,10.8
      US,CA,"California, the ""Golden"" State",39538223,423967.0000,true,1850-09-09,,
      DE,1,Eins,,,,,,
      DE,*,anywhere in Germany,84000000,,,,,
      FR,*,anywhere in France,,,,,,
      """;
  private static final String COLUMNS =
      "name:string,population:int64,size=area:decimal(4),coastal:boolean,since:date,surveyed:timestamp,density:float64";
  private static final Schema SALE =
      SchemaBuilder.struct()
          .name("Sale")
          .field("country", Schema.STRING_SCHEMA)
          .field("state", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"states.csv", "states.parquet"})
  void addsTheColumnsOfTheRowThatIsFound(String name) throws Exception {
    Struct nevada = joined(table(name), sale("US", "NV"));
    Struct california = joined(table(name), sale("US", "CA"));

    assertThat(nevada.get("name")).isEqualTo("Nevada");
    assertThat(nevada.get("population")).isEqualTo(3_104_614L);
    assertThat(nevada.get("size")).isEqualTo(new BigDecimal("286380.1234"));
    assertThat(nevada.get("coastal")).isEqualTo(false);
    assertThat(nevada.get("since"))
        .isEqualTo(java.util.Date.from(Instant.parse("1864-10-31T00:00:00Z")));
    assertThat(nevada.get("surveyed"))
        .isEqualTo(java.util.Date.from(Instant.parse("2020-04-01T12:00:00Z")));
    assertThat(nevada.get("density")).isEqualTo(10.8);
    assertThat(nevada.get("state")).isEqualTo("NV");
    assertThat(california.get("name")).isEqualTo("California, the \"Golden\" State");
    assertThat(california.get("size")).isEqualTo(new BigDecimal("423967.0000"));
    assertThat(california.get("surveyed")).isNull();
    Schema schema = nevada.schema();
    assertThat(schema.name()).isEqualTo("Sale");
    assertThat(schema.field("population").schema()).isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
    assertThat(schema.field("size").schema()).isEqualTo(Decimal.builder(4).optional().build());
    assertThat(schema.field("since").schema()).isEqualTo(Date.builder().optional().build());
    assertThat(schema.field("surveyed").schema()).isEqualTo(Timestamp.builder().optional().build());
  }

  @Test
  void recordsWithoutASchemaAndKeysAreJoinedToo() throws Exception {
    Map<String, Object> sale = Map.of("place", Map.of("country", "DE", "state", 1));
    Map<String, String> properties =
        Map.of(
            "table.file", table("states.csv"),
            "key.fields", "place.country,place.state",
            "columns", "place.name=name:string,people=population:int64");
    Map<String, Object> people = new HashMap<>();
    people.put("place", Map.of("country", "DE", "state", 1, "name", "Eins"));
    people.put("people", null);

    assertThat(apply(properties, Records.ofValue(sale)).value()).isEqualTo(people);

    Schema schema = SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
    Map<String, String> byId =
        Map.of(
            "table.file", table("states.csv"),
            "key.fields", "id",
            "key.columns", "population",
            "columns", "name:string");
    write("states.csv", "population,name\n7,Seven\n");
    SinkRecord keyed =
        Records.configured(new Lookup.Key<SinkRecord>(), byId)
            .apply(Records.ofKey(new Struct(schema).put("id", 7)));
    assertThat(((Struct) keyed.key()).get("name")).isEqualTo("Seven");
  }

  @Test
  void aMissIsDealtWithAsAskedFor() throws Exception {
    SinkRecord unknown = sale("US", "ZZ");
    SinkRecord nowhere = sale("US", null);
    Map<String, String> properties = new HashMap<>(byState(table("states.csv")));

    for (SinkRecord record : List.of(unknown, nowhere)) {
      properties.put("on.miss", "null");
      SinkRecord withNull = apply(properties, record);
      assertThat(((Struct) withNull.value()).get("name")).isNull();
      assertThat(withNull.headers()).isEmpty();

      properties.put("on.miss", "header");
      SinkRecord withHeader = apply(properties, record);
      assertThat(((Struct) withHeader.value()).get("name")).isNull();
      assertThat(withHeader.headers().lastWithName("lookup.miss").value())
          .isEqualTo("country,state");
      assertThat(record.headers()).as("of the record that came in").isEmpty();

      properties.put("on.miss", "fail");
      assertThatThrownBy(() -> apply(properties, record))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("country,state")
          .hasMessageNotContaining("ZZ");

      properties.put("on.miss", "default");
      properties.put("defaults", "name=somewhere,area=1.5");
      Struct withDefault = (Struct) apply(properties, record).value();
      assertThat(withDefault.get("name")).isEqualTo("somewhere");
      assertThat(withDefault.get("size")).isEqualTo(new BigDecimal("1.5000"));
      assertThat(withDefault.get("population")).isNull();
      properties.remove("defaults");
    }
    properties.put("on.miss", "header");
    assertThat(apply(properties, sale("US", "NV")).headers()).as("of a hit").isEmpty();
    SinkRecord tombstone = Records.tombstone();
    assertThat(apply(properties, tombstone)).isSameAs(tombstone);
  }

  @Test
  void aTableThatCannotBeReadAtTheStartFailsAndSaysWhere() throws Exception {
    write("bad.csv", "country,state,name\nUS,NV,Nevada\nUS,CA,x\nUS,CA,y\n");
    Map<String, String> properties = new HashMap<>(byState(folder.resolve("bad.csv").toString()));
    properties.put("columns", "name:int32");

    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("bad.csv")
        .hasMessageContaining("line 2")
        .hasMessageContaining("column name")
        .hasMessageContaining("Nevada");
    properties.put("columns", "name:string");
    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .hasMessageContaining("line 4: its key [US, CA] is in line 3 too");
    properties.put("columns", "colour:string");
    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .hasMessageContaining("no column [colour]");
    properties.put("table.file", folder.resolve("none.csv").toString());
    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .hasMessageContaining("no such file");
    properties.put("table.file", write("no.parquet", "PAR0").toString());
    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("no.parquet");
  }

  static Stream<Arguments> otherEncodings() {
    String text = "id,name\n1,Texas\n2,\"two\nlines\"\n3,Michoacán\n";
    byte[] cut = "id,name\n1,á".getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        arguments(
            text.getBytes(Charset.forName("windows-1252")),
            "line 5, character 10: byte 0xE1 is not UTF-8. Save it as UTF-8"),
        arguments(
            ("id,name\n" + "1,Texas\n" + "\n".repeat(3_000) + "2,México\n")
                .getBytes(StandardCharsets.ISO_8859_1),
            "line 3003, character 4: byte 0xE9 is not UTF-8"),
        arguments(
            // With a mark of the byte order.
            text.getBytes(StandardCharsets.UTF_16), "line 1, character 1: byte 0xFE is not UTF-8"),
        arguments(text.getBytes(StandardCharsets.UTF_16LE), "iconv -f UTF-16 -t UTF-8"),
        arguments(
            "id,name\n1,a\n".getBytes(StandardCharsets.UTF_16BE),
            "line 1 holds a NUL, as UTF-16 does"),
        arguments(
            java.util.Arrays.copyOf(cut, cut.length - 1),
            "line 2, character 3: byte 0xC3 is not UTF-8"));
  }

  @ParameterizedTest
  @MethodSource("otherEncodings")
  void aTableThatIsNotUtf8SaysWhereAndWhatToDo(byte[] content, String message) throws Exception {
    Path file = Files.write(folder.resolve("regions.csv"), content);

    assertThatThrownBy(
            () ->
                apply(
                    Map.of(
                        "table.file",
                        file.toString(),
                        "key.fields",
                        "id",
                        "columns",
                        "name:string"),
                    Records.tombstone()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("regions.csv")
        .hasMessageContaining(message)
        .hasMessageContaining("Save it as UTF-8")
        .hasMessageNotContaining("Input length");
  }

  /** Two texts that look the same, or differ only in white space. */
  static Stream<Arguments> sameKeys() {
    return Stream.of(
        arguments("Michoac\u00e1n", "Michoaca\u0301n"),
        arguments("Michoaca\u0301n", "Michoac\u00e1n"),
        arguments("Texas", "Texas "),
        arguments("Texas", " Texas"),
        arguments("Texas ", "Texas"),
        arguments("Texas", "Texas\t"),
        arguments("Texas", "\u00a0Texas\u2003"),
        arguments("New York", "New  York"),
        arguments("New York", "New\u00a0York"),
        arguments("New York", "New\r\nYork"),
        arguments("\u212bland", "\u00c5land"),
        arguments("\u00c5land", "A\u030aland"));
  }

  @ParameterizedTest
  @MethodSource("sameKeys")
  void aRowIsFoundInEachFormOfItsKey(String inTable, String inRecord) throws Exception {
    Path file = write("t.csv", "state,name\n\"%s\",found\n".formatted(inTable));
    Schema schema = SchemaBuilder.struct().field("state", Schema.STRING_SCHEMA).build();
    Map<String, String> properties =
        Map.of("table.file", file.toString(), "key.fields", "state", "columns", "name:string");

    Struct out =
        (Struct)
            apply(properties, Records.ofValue(new Struct(schema).put("state", inRecord))).value();
    Object map = apply(properties, Records.ofValue(Map.of("state", inRecord))).value();

    assertThat(out.get("name")).isEqualTo("found");
    assertThat(out.get("state")).as("the field itself").isEqualTo(inRecord);
    assertThat(map).isEqualTo(Map.of("state", inRecord, "name", "found"));
  }

  @Test
  void caseCountsUnlessAskedFor() throws Exception {
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "table.file",
                write("t.csv", "state,name\nStraße,found\n").toString(),
                "key.fields",
                "state",
                "columns",
                "name:string"));
    SinkRecord capitals = Records.ofValue(Map.of("state", "STRASSE"));

    assertThat(((Map<?, ?>) apply(properties, capitals).value()).get("name")).isNull();
    properties.put("key.ignore.case", "true");
    assertThat(((Map<?, ?>) apply(properties, capitals).value()).get("name")).isEqualTo("found");

    write("t.csv", "state,name\nTexas,a\n\nTEXAS ,b\n");
    assertThatThrownBy(() -> apply(properties, capitals))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("t.csv")
        .hasMessageContaining("line 4: its key texas is in line 2 too");
    write("t.csv", "state,name\n\" \",a\n");
    assertThatThrownBy(() -> apply(properties, capitals))
        .hasMessageContaining("line 2: column state, which names the row, is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"states.csv", "states.parquet"})
  void theRowOfTheWildcardIsForWhatHasNoRowOfItsOwn(String name) throws Exception {
    Map<String, String> properties = new HashMap<>(byState(table(name)));
    properties.put("columns", "name:string,population:int64");
    properties.put("on.miss", "fail");
    properties.put("key.wildcard", "*");

    assertThat(names(properties, sale("US", "NV"), sale("DE", "1")))
        .containsExactly("Nevada", "Eins");
    assertThat(names(properties, sale("FR", "Corse"), sale("FR", null), sale("FR", "")))
        .containsOnly("anywhere in France");
    // Of a row that is found, an empty cell stays empty.
    assertThat(((Struct) apply(properties, sale("DE", "1")).value()).get("population")).isNull();
    assertThatThrownBy(() -> apply(properties, sale("US", "ZZ"))).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> apply(properties, sale("*", "NV"))).isInstanceOf(DataException.class);

    properties.remove("key.wildcard");
    assertThatThrownBy(() -> apply(properties, sale("FR", "Corse")))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aWildcardIsNoMissAndWorksForAKeyOfOneFieldToo() throws Exception {
    String file = write("one.csv", "state,name\nNV,Nevada\nother,elsewhere\n").toString();
    Map<String, String> properties =
        Map.of(
            "table.file", file,
            "key.fields", "state",
            "key.wildcard", "OTHER",
            "key.ignore.case", "true",
            "columns", "name:string");
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();

    try (Lookup.Value<SinkRecord> lookup = Records.configured(new Lookup.Value<>(), properties)) {
      ObjectName bean =
          jmx.queryNames(
                  new ObjectName(
                      "io.furnistream.transforms:type=Lookup,table="
                          + ObjectName.quote(file)
                          + ",*"),
                  null)
              .iterator()
              .next();
      Map<?, ?> other = (Map<?, ?>) lookup.apply(Records.ofValue(Map.of("state", "Texsa"))).value();

      assertThat(other.get("name")).isEqualTo("elsewhere");
      assertThat(other.get("state")).isEqualTo("Texsa");
      assertThat(jmx.getAttribute(bean, "Misses")).isEqualTo(0L);
    }
  }

  private static List<Object> names(Map<String, String> properties, SinkRecord... records) {
    return Stream.of(records)
        .map(record -> ((Struct) apply(properties, record).value()).get("name"))
        .toList();
  }

  @Test
  void missesAreCountedInJmxAndTheFirstKeysNamedInTheLog() throws Exception {
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    String file = write("misses.csv", STATES).toString();
    ObjectName name =
        new ObjectName(
            "io.furnistream.transforms:type=Lookup,table=" + ObjectName.quote(file) + ",*");
    Lookup.Value<SinkRecord> lookup = Records.configured(new Lookup.Value<>(), byState(file));
    ObjectName bean = jmx.queryNames(name, null).iterator().next();

    lookup.apply(sale("US", "NV"));
    assertThat(jmx.getAttribute(bean, "Misses")).isEqualTo(0L);
    lookup.apply(sale("US", "Texsa\nERROR"));
    lookup.apply(sale("US", null));
    assertThat(jmx.getAttribute(bean, "Misses")).isEqualTo(2L);
    assertThat(jmx.getAttribute(bean, "LastMiss")).isEqualTo("'country=US, state=null'");
    lookup.close();
    assertThat(jmx.queryNames(name, null)).isEmpty();

    List<Map<String, Long>> logged = new ArrayList<>();
    long[] now = {0};
    try (LookupMisses misses =
        LookupMisses.of("t", List.of(FieldPath.parse("state")), logged::add, () -> now[0])) {
      misses.add(new Object[] {"Texsa\nERROR"});
      for (int i = 0; i < 100; i++) {
        misses.add(new Object[] {"s" + i});
        misses.add(new Object[] {"s" + i});
      }
      assertThat(logged).containsExactly(Map.of("'state=Texsa?ERROR'", 1L));
      now[0] = Tally.EVERY.toNanos();
      misses.add(new Object[] {"x".repeat(10_000)});
    }
    assertThat(logged).hasSize(2);
    assertThat(logged.get(1))
        .hasSize(Tally.MOST_LABELS + 1)
        .containsEntry("'state=s48'", 2L)
        .containsEntry("(others)", 2L * 51 + 1);
  }

  @Test
  void randomRecordsComeThroughAsEveryTransformPromises() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "a,name\n1,x\ntrue,y\nz,\n");
    Promises.hold(
        new Lookup.Value<>(),
        Map.of("table.file", file.toString(), "key.fields", "a", "columns", "found=name:string"),
        "found");
  }

  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        arguments(Map.of("table.file", "relative.csv"), "table.file"),
        arguments(Map.of("table.file", "/t/x.txt"), "table.file"),
        arguments(Map.of("table.file", "/t/*.parquet"), "table.file"),
        arguments(Map.of("table.file", "/t/\0.csv"), "table.file"),
        arguments(Map.of("table.topic", "a b"), "table.topic"),
        arguments(Map.of(), "either table.file or table.topic"),
        arguments(Map.of("table.file", "/t/x.csv", "table.topic", "t"), "either"),
        arguments(Map.of("table.topic", "t"), "table.consumer.bootstrap.servers"),
        arguments(Map.of("table.file", "/t/x.csv", "key.fields", ""), "key.fields"),
        arguments(Map.of("table.file", "/t/x.csv", "key.columns", "a,b"), "key.columns"),
        arguments(Map.of("table.file", "/t/x.csv", "defaults", "name"), "defaults"),
        arguments(Map.of("table.file", "/t/x.csv", "key.wildcard", ""), "key.wildcard"),
        arguments(Map.of("table.file", "/t/x.csv", "columns", ""), "columns"),
        arguments(Map.of("table.file", "/t/x.csv", "columns", "name"), "columns"),
        arguments(Map.of("table.file", "/t/x.csv", "columns", "name:text"), "columns"),
        arguments(Map.of("table.file", "/t/x.csv", "columns", "a=:string"), "columns"),
        arguments(Map.of("table.file", "/t/x.csv", "columns", "a:string,a:string"), "columns"),
        arguments(Map.of("table.file", "/t/x.csv", "on.miss", "skip"), "on.miss"),
        arguments(Map.of("table.file", "/t/x.csv", "on.miss", "default"), "defaults"),
        arguments(Map.of("table.file", "/t/x.csv", "defaults", "name=x"), "defaults"),
        arguments(
            Map.of("table.file", "/t/x.csv", "on.miss", "default", "defaults", "b=1"), "defaults"),
        arguments(Map.of("table.file", "/t/x.csv", "max.rows", "0"), "max.rows"),
        arguments(Map.of("table.file", "/t/x.csv", "check.seconds", "0"), "check.seconds"),
        arguments(Map.of("table.file", "/t/x.csv", "csv.delimiter", ";;"), "csv.delimiter"));
  }

  @ParameterizedTest
  @MethodSource("wrongConfigurations")
  void refusesAWrongConfigurationAndNamesTheProperty(Map<String, String> wrong, String property) {
    Map<String, String> properties =
        new HashMap<>(Map.of("key.fields", "id", "columns", "name:string"));
    properties.putAll(wrong);

    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property);
  }

  private Struct joined(String file, SinkRecord record) {
    return (Struct) apply(byState(file), record).value();
  }

  private static Map<String, String> byState(String file) {
    return Map.of("table.file", file, "key.fields", "country,state", "columns", COLUMNS);
  }

  private static SinkRecord sale(String country, String state) {
    return Records.ofValue(new Struct(SALE).put("country", country).put("state", state));
  }

  private String table(String name) throws IOException, SQLException {
    Path csv = write("states.csv", STATES);
    if (name.endsWith(".parquet")) {
      // The types are those that DuckDB finds in the CSV file.
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement()) {
        statement.execute(
            "COPY (SELECT * REPLACE (area::DECIMAL(18,4) AS area) FROM read_csv('%s', header = true)) TO '%s' (FORMAT parquet)"
                .formatted(csv, folder.resolve(name)));
      }
    }
    return folder.resolve(name).toString();
  }

  private Path write(String name, String text) throws IOException {
    // By renaming another file, as a table should be replaced.
    Path draft = Files.writeString(folder.resolve(name + ".draft"), text);
    return Files.move(
        draft, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static SinkRecord apply(Map<String, String> properties, SinkRecord record) {
    Lookup.Value<SinkRecord> lookup = Records.configured(new Lookup.Value<>(), properties);
    try {
      return lookup.apply(record);
    } finally {
      lookup.close();
    }
  }
}
