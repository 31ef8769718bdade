package io.furnistream.endtoend.records;

import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.DailyState;
import io.furnistream.schemas.DailyStateKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.testing.SoundSales;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records that once stopped a store for good, as a client that knows no contract writes them. */
public final class HostileRecords implements AutoCloseable {

  /** The largest amount that a record may have. */
  public static final BigDecimal LARGEST = new BigDecimal("99999999999999.9999");

  /** A name that a refused key holds; no store may show it. */
  public static final String CUSTOMER = "Ada Lovelace";

  private static final String TOPIC = "daily_records";
  private static final int PARTITIONS = 6;

  private final ForeignClient client;
  private final LocalDate day;
  private final List<Sent> sound = new ArrayList<>();

  /** A record that is taken back at the end. */
  private record Sent(int partition, GenericRecord key) {}

  /**
   * Records of one day.
   *
   * @param day the day of all that are sound
   */
  public HostileRecords(Endpoints endpoints, LocalDate day) {
    this.client = new ForeignClient(endpoints);
    this.day = day;
  }

  /** Sends a record for each rule that one can break here; answers each one's rule. */
  public Map<RecordMetadata, String> sendRefused() throws Exception {
    Map<RecordMetadata, String> refused = new LinkedHashMap<>();
    refuse(refused, "ts", (key, value) -> value.put("ts", 1_700_000_000_000_000_000L));
    refuse(refused, "ts", (key, value) -> value.put("ts", Long.MAX_VALUE));
    refuse(refused, "ts", (key, value) -> value.put("ts", Long.MIN_VALUE));
    for (int days : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, 3_000_000, 2_932_896, 0}) {
      refuse(refused, "key_ts_date", (key, value) -> onDay(days, key, value));
    }
    refuse(refused, "ts_date", (key, value) -> value.put("ts_date", (int) day.toEpochDay() - 1));
    refuse(refused, "ts_id", (key, value) -> value.put("ts_id", RecordId.of("other").text()));
    refuse(refused, "key_bucket", (key, value) -> key.put("bucket", (bucket(key) + 1) % 16));
    refuse(refused, "customer_name", (key, value) -> value.put("customer_name", "x".repeat(9999)));
    refuse(refused, "quantity", (key, value) -> value.put("quantity", Integer.MIN_VALUE));
    elsewhere(refused, true);
    elsewhere(refused, false);
    drift(refused, "revenue", "\"scale\":4", "\"scale\":2");
    drift(refused, "price", "\"precision\":18", "\"precision\":20");
    named(refused);
    return refused;
  }

  /** Sends refused records that no row of the quarantine can hold; answers each one's rule. */
  public Map<RecordMetadata, String> sendUnfitForQuarantine() throws Exception {
    Map<RecordMetadata, String> unfit = new LinkedHashMap<>();
    // What a column of instants cannot take.
    drift(unfit, "ts", "timestamp-millis", "timestamp-micros");
    return unfit;
  }

  /**
   * Sends records that are few bytes on the wire, and would fill the memory of their readers: a
   * thousand in some batches. Answers each one's rule.
   */
  public Map<RecordMetadata, String> sendCompressed(Endpoints endpoints) throws Exception {
    Map<RecordMetadata, String> refused = new LinkedHashMap<>();
    List<Header> headers = Collections.nCopies(7_000, new RecordHeader("", null));
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (ForeignClient compressing = ForeignClient.compressing(endpoints)) {
      for (int number = 0; number < 1_000; number++) {
        String id = "compressed " + number;
        boolean isLong = number % 2 == 0;
        GenericRecord value = ForeignClient.plain(sale(id).build());
        value.put("customer_name", "x".repeat(isLong ? 15_000 : 1_001));
        sent.add(
            compressing.begin(TOPIC, partition(id), key(id), value, isLong ? List.of() : headers));
      }
      for (Future<RecordMetadata> each : sent) {
        refused.put(each.get(30, TimeUnit.SECONDS), "customer_name");
      }
    }
    return refused;
  }

  /**
   * Sends a sale that no reader could take into its memory: a kilobyte that becomes 32 megabytes.
   *
   * @throws ExecutionException because the broker refuses it
   */
  public void sendBomb(Endpoints endpoints) throws Exception {
    GenericRecord value = ForeignClient.plain(sale("bomb").build());
    value.put("customer_name", "x".repeat(32 << 20));
    try (ForeignClient compressing = ForeignClient.compressing(endpoints)) {
      compressing.send(TOPIC, partition("bomb"), key("bomb"), value);
    }
  }

  /** Sends a sale and a deletion that have no key, which the topic's broker takes. */
  public List<RecordMetadata> sendWithoutKey() throws Exception {
    return List.of(
        client.send(
            TOPIC, partition("keyless"), null, ForeignClient.plain(sale("keyless").build())),
        client.send(TOPIC, partition("keyless"), null, null));
  }

  /** Sends two sales of the largest amount, and one with a field that the contract has not yet. */
  public void sendSound() throws Exception {
    for (String id : List.of("largest", "as large")) {
      send(
          id,
          sale(id).setPrice(LARGEST).setRevenue(LARGEST).setProfit(LARGEST).build(),
          (key, value) -> {});
    }
    DailyRecord sale = sale("grown").build();
    GenericRecord plain = ForeignClient.plain(sale);
    GenericRecord value = with(plain, "gift_note", "For Ada");
    client.send(TOPIC, partition("grown"), key("grown"), value, List.of(digits()));
    sound.add(new Sent(partition("grown"), key("grown")));
  }

  /** Takes back what {@link #sendSound} sent. */
  public void takeBack() throws Exception {
    for (Sent sent : sound) {
      client.send(TOPIC, sent.partition, sent.key, null);
    }
  }

  /** Sends rows to topics of PostgreSQL that it cannot hold; answers where they lie. */
  public List<RecordMetadata> sendToPostgres() throws Exception {
    GenericRecord state =
        ForeignClient.plain(
            DailyStateKey.newBuilder()
                .setTsDate(LocalDate.ofEpochDay(Integer.MAX_VALUE))
                .setCountry("United States")
                .setState("Ohio")
                .build());
    GenericRecord figures =
        ForeignClient.plain(
            DailyState.newBuilder()
                .setCustomers(1)
                .setOrders(1)
                .setRevenue(new BigDecimal("1.0000"))
                .setProfit(new BigDecimal("1.0000"))
                .build());
    GenericRecord ledgerKey =
        ForeignClient.plain(
            RunLedgerKey.newBuilder().setDataset("hostile\0dataset").setTsDate(day).build());
    GenericRecord entry =
        ForeignClient.plain(
            RunLedger.newBuilder()
                .setStatus("STARTED")
                .setRunId("hostile")
                .setProducer("hostile")
                .setArguments("")
                .setStartedAt(Instant.parse("2023-12-01T00:00:00Z"))
                .build());
    // Its letter has a megabyte and more.
    GenericRecord large =
        ForeignClient.plain(
            DailyStateKey.newBuilder()
                .setTsDate(day)
                .setCountry("\0" + "x".repeat(1_040_000))
                .setState("Ohio")
                .build());
    return List.of(
        client.send("daily_state", 0, state, figures),
        client.send("daily_state", 0, large, figures),
        client.send("run_ledger", 0, ledgerKey, entry));
  }

  private void refuse(
      Map<RecordMetadata, String> refused,
      String rule,
      BiConsumer<GenericRecord, GenericRecord> change)
      throws Exception {
    String id = "refused " + rule + refused.size();
    refused.put(send(id, sale(id).build(), change), rule);
  }

  /** Sends the deletion of a sale with an unsound key, which names a customer. */
  private void named(Map<RecordMetadata, String> refused) throws Exception {
    String id = "refused name";
    GenericRecord key = with(key(id), "customer_name", CUSTOMER);
    key.put("bucket", (bucket(key) + 1) % 16);
    refused.put(client.send(TOPIC, partition(id), key, null), "key_bucket");
  }

  /** A record with one optional field more. */
  private static GenericRecord with(GenericRecord plain, String name, String text) {
    List<Schema.Field> fields = new ArrayList<>();
    plain.getSchema().getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
    fields.add(
        new Schema.Field(
            name,
            Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)),
            "Text.",
            Schema.Field.NULL_DEFAULT_VALUE));
    GenericRecord grown =
        new GenericData.Record(
            Schema.createRecord(
                plain.getSchema().getName(),
                null,
                plain.getSchema().getNamespace(),
                false,
                fields));
    plain.getSchema().getFields().forEach(f -> grown.put(f.name(), plain.get(f.name())));
    grown.put(name, text);
    return grown;
  }

  /** A header that would be read for hours if it were taken for a number. */
  private static Header digits() {
    byte[] digits = new byte[1_000_000];
    Arrays.fill(digits, (byte) '7');
    return new RecordHeader("digits", digits);
  }

  /** Sends a sound sale, or a tombstone, in another partition than its id's. */
  private void elsewhere(Map<RecordMetadata, String> refused, boolean isSale) throws Exception {
    String rule = "key_partition";
    String id = "refused " + rule + refused.size();
    GenericRecord value = isSale ? ForeignClient.plain(sale(id).build()) : null;
    int other = (partition(id) + 1) % PARTITIONS;
    refused.put(client.send(TOPIC, other, key(id), value), rule);
  }

  /** Sends a sound sale under a schema that says another thing of one field. */
  private void drift(
      Map<RecordMetadata, String> refused, String field, String declared, String instead)
      throws Exception {
    String id = "refused " + field + refused.size();
    GenericRecord sale = ForeignClient.plain(sale(id).build());
    String contract = sale.getSchema().toString();
    int from = contract.indexOf("\"name\":\"" + field + "\"");
    int at = contract.indexOf(declared, from);
    String drifted =
        contract.substring(0, at) + instead + contract.substring(at + declared.length());
    GenericRecord value = new GenericData.Record(new Schema.Parser().parse(drifted));
    sale.getSchema().getFields().forEach(f -> value.put(f.pos(), sale.get(f.pos())));
    refused.put(send(key(id), value, RecordId.of("hostile", id)), field);
  }

  private RecordMetadata send(
      String id, DailyRecord sale, BiConsumer<GenericRecord, GenericRecord> change)
      throws Exception {
    GenericRecord key = key(id);
    GenericRecord value = ForeignClient.plain(sale);
    change.accept(key, value);
    RecordMetadata sent = send(key, value, RecordId.of("hostile", id));
    if (!id.startsWith("refused")) {
      sound.add(new Sent(partition(id), key));
    }
    return sent;
  }

  private RecordMetadata send(GenericRecord key, GenericRecord value, RecordId id)
      throws Exception {
    return client.send(TOPIC, id.partition(PARTITIONS), key, value);
  }

  private GenericRecord key(String name) throws IOException {
    RecordId id = RecordId.of("hostile", name);
    return ForeignClient.plain(new DailyRecordKey(day, id.bucket(), id.text()));
  }

  private DailyRecord.Builder sale(String name) {
    return SoundSales.sale(day, RecordId.of("hostile", name));
  }

  private static int partition(String name) {
    return RecordId.of("hostile", name).partition(PARTITIONS);
  }

  private static int bucket(GenericRecord key) {
    return (Integer) key.get("bucket");
  }

  private static void onDay(int day, GenericRecord key, GenericRecord value) {
    key.put("ts_date", day);
    value.put("ts_date", day);
  }

  @Override
  public void close() {
    client.close();
  }
}
