package io.furnistream.schemas;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A Kafka topic of the platform, with the Avro schemas of its key and value, and the table that it
 * lands in. This list is the catalogue: a table is declared here and nowhere else.
 *
 * <p>Every topic keeps its records without limit. An aggregated topic is the state of a table, and
 * compacted; so are the proofs, of which only the latest of each range of days is asked for. The
 * records and the ledger are logs, and are not: compaction would keep a refused record, and remove
 * the sound one before it that has the same key. Timestamps are those of the events, so a topic
 * accepts times far in the past (a replay of 2016) and in the future (a broker refuses more than an
 * hour by default).
 */
@SuppressWarnings("ImmutableEnumChecker") // neither a parsed schema nor its table is ever changed
public enum Topic {
  /** One record a line of an order, partitioned by {@code ts_id} ({@link RecordId#partition}). */
  DAILY_RECORDS(
      Role.LOG,
      DailyRecordKey.getClassSchema(),
      DailyRecord.getClassSchema(),
      "ts_date",
      StoreKind.CASSANDRA,
      StoreKind.PARQUET),
  /** The totals of each day. */
  DAILY_PU_REV(
      Role.AGGREGATED,
      DailyPuRevKey.getClassSchema(),
      DailyPuRev.getClassSchema(),
      "ts_date",
      StoreKind.CASSANDRA,
      StoreKind.POSTGRES,
      StoreKind.PARQUET),
  /** What each product sold on each day. */
  DAILY_CATEGORY_PRODUCT(
      Role.AGGREGATED,
      DailyCategoryProductKey.getClassSchema(),
      DailyCategoryProduct.getClassSchema(),
      "ts_date",
      StoreKind.CASSANDRA,
      StoreKind.POSTGRES,
      StoreKind.PARQUET),
  /** Who bought from each place on each day. */
  DAILY_ADDRESS(
      Role.AGGREGATED,
      DailyAddressKey.getClassSchema(),
      DailyAddress.getClassSchema(),
      "ts_date",
      StoreKind.CASSANDRA,
      StoreKind.POSTGRES,
      StoreKind.PARQUET),
  /** What each product sold on each platform on each day. */
  DAILY_PLATFORM_PRODUCT(
      Role.AGGREGATED,
      DailyPlatformProductKey.getClassSchema(),
      DailyPlatformProduct.getClassSchema(),
      "ts_date",
      StoreKind.POSTGRES),
  /** What was sold in each minute, by category and platform. */
  SALES_BY_MINUTE(
      Role.AGGREGATED,
      SalesByMinuteKey.getClassSchema(),
      SalesByMinute.getClassSchema(),
      "minute",
      StoreKind.POSTGRES),
  /** The totals of each state or region on each day. */
  DAILY_STATE(
      Role.AGGREGATED,
      DailyStateKey.getClassSchema(),
      DailyState.getClassSchema(),
      "ts_date",
      StoreKind.POSTGRES),
  /** What each customer bought on each day, by category and state. */
  DAILY_CUSTOMER(
      Role.AGGREGATED,
      DailyCustomerKey.getClassSchema(),
      DailyCustomer.getClassSchema(),
      "ts_date",
      StoreKind.POSTGRES),
  /** The figures by which each day is followed while it happens. */
  LIVE_KPIS(
      Role.AGGREGATED,
      LiveKpisKey.getClassSchema(),
      LiveKpis.getClassSchema(),
      "ts_date",
      StoreKind.POSTGRES),
  /** The latest records. */
  RECENT_RECORDS(
      Role.AGGREGATED,
      RecentRecordsKey.getClassSchema(),
      RecentRecords.getClassSchema(),
      null,
      StoreKind.POSTGRES),
  /** What each dataset must have left behind on each day. */
  RUN_LEDGER(
      Role.LOG,
      RunLedgerKey.getClassSchema(),
      RunLedger.getClassSchema(),
      "ts_date",
      StoreKind.POSTGRES),
  /** How the latest verify of some days ended. No store is compared with it. */
  PROOFS(
      Role.VERDICT, ProofsKey.getClassSchema(), Proofs.getClassSchema(), null, StoreKind.POSTGRES);

  /** The topics that the aggregates write. */
  public static final Set<Topic> AGGREGATED = in(Role.AGGREGATED);

  /** The topics that producers write. */
  public static final Set<Topic> LOGS = in(Role.LOG);

  /**
   * The form of all that the aggregates store. Raised with every change of a stored form, of the
   * stages, of the set of aggregates or of the rules by which records are screened: the state is
   * then built again.
   */
  public static final int AGGREGATED_FORM = 5;

  /** Settings that every topic of the platform has, dead-letter and internal topics included. */
  public static final Map<String, String> KEEP_EVERY_EVENT_TIME =
      Map.of(
          TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
          Long.toString(Long.MAX_VALUE),
          TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
          Long.toString(Long.MAX_VALUE),
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.RETENTION_BYTES_CONFIG,
          "-1");

  /**
   * How long a compacted topic keeps a tombstone at least, in milliseconds: four weeks. A reader
   * that was away for longer (a paused sink, a stopped instance with its state) may have missed
   * that rows are gone; Kafka's default is a day.
   */
  public static final long TOMBSTONES_KEPT = Duration.ofDays(28).toMillis();

  /**
   * How large a compressed record may be, in bytes, with its key and headers, once it is
   * decompressed. The broker refuses a larger one, to its producer: a few kilobytes of zstd can
   * decompress to gigabytes, and readers hold {@link AvroClients#MAX_POLL_RECORDS} of them in
   * memory, headers at forty times their size. The largest sale that the rules let through has
   * about 14,000, with four bytes for each character; a usual one 300.
   */
  public static final int LARGEST_RECORD = 16 << 10;

  private final Role role;
  private final Schema keySchema;
  private final Schema valueSchema;
  private final TopicTable table;

  Topic(Role role, Schema keySchema, Schema valueSchema, String day, StoreKind... stores) {
    this.role = role;
    this.keySchema = keySchema;
    this.valueSchema = valueSchema;
    this.table = new TopicTable(topicName(), keySchema, valueSchema, day, stores);
  }

  /** The topic's name in Kafka, which is also the name of the table it lands in. */
  public String topicName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many partitions the topic has by the settings of this process. */
  public int partitions() {
    return PlatformSettings.current().partitions(this);
  }

  /** Avro schema of the key. */
  public Schema keySchema() {
    return keySchema;
  }

  /** Avro schema of the value. */
  public Schema valueSchema() {
    return valueSchema;
  }

  /** The table it lands in. */
  public TopicTable table() {
    return table;
  }

  /** The topics whose tables this store holds, in the order of this list. */
  public static List<Topic> in(StoreKind store) {
    return Stream.of(values()).filter(topic -> topic.table.stores().contains(store)).toList();
  }

  /** The topic's own settings. */
  public Map<String, String> config() {
    Map<String, String> config = new HashMap<>(KEEP_EVERY_EVENT_TIME);
    config.put(TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD));
    config.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        role == Role.LOG ? TopicConfig.CLEANUP_POLICY_DELETE : TopicConfig.CLEANUP_POLICY_COMPACT);
    if (role != Role.LOG) {
      config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONES_KEPT));
    }
    return config;
  }

  /** The topic as the admin client creates it under some settings. */
  public NewTopic newTopic(PlatformSettings settings) {
    Map<String, String> config = config();
    config.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInsyncReplicas()));
    return new NewTopic(topicName(), settings.partitions(this), settings.replicationFactor())
        .configs(config);
  }

  private static Set<Topic> in(Role role) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    Stream.of(values()).filter(topic -> topic.role == role).forEach(topics::add);
    return Collections.unmodifiableSet(topics);
  }

  private enum Role {
    /** What a producer says happened: every record is kept. */
    LOG,
    /** The state of a table, which the aggregates work out again from the records. */
    AGGREGATED,
    /** What verify found: neither part of what is proved, nor made from it by the platform. */
    VERDICT
  }
}
