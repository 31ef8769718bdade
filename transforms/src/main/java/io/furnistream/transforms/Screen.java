package io.furnistream.transforms;

import io.furnistream.screening.BoundRules;
import io.furnistream.screening.Failure;
import io.furnistream.screening.MapForm;
import io.furnistream.screening.RuleSet;
import io.furnistream.transforms.fields.PluginVersion;
import io.furnistream.transforms.fields.RecordPart;
import io.furnistream.transforms.fields.SchemaCache;
import io.furnistream.transforms.fields.StructForm;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.util.Requirements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through the records that keep the rules of a file. One that breaks a rule fails, is dropped
 * or is marked; a part that is null, such as a tombstone's value, passes. A value is judged
 * together with its record's key if both are structs, or both maps; either is judged with the
 * partition, if it is known.
 *
 * @param <R> source or sink record
 */
public abstract class Screen<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

  /** What the transform does, for generated documentation. */
  public static final String OVERVIEW_DOC =
      "Let through the records that keep the rules of a file; one that breaks a rule goes to the"
          + " dead-letter topic with the rule's name, is dropped, or is marked in a header.<p/>Use"
          + " the concrete transformation type designed for the record key (<code>"
          + Key.class.getName()
          + "</code>) or value (<code>"
          + Value.class.getName()
          + "</code>).";

  /** The properties it takes. */
  public static final ConfigDef CONFIG_DEF = ScreenConfig.CONFIG_DEF;

  private static final Logger LOG = LoggerFactory.getLogger(Screen.class);
  private static final String PURPOSE = "screening";

  private final RecordPart part;
  private final Clock clock;

  private RuleSet rules;
  private ScreenConfig.OnFailure onFailure;
  private String markHeader;
  private Tally dropped;
  private BoundRules<Map<?, ?>> ofMaps;
  private SchemaCache<BoundRules<Struct>> ofStructs;
  private SchemaCache<SchemaCache<BoundRules<Struct>>> besideKeys;

  Screen(RecordPart part, Clock clock) {
    this.part = part;
    this.clock = clock;
  }

  @Override
  public String version() {
    return PluginVersion.VERSION;
  }

  @Override
  public void configure(Map<String, ?> properties) {
    ScreenConfig config = new ScreenConfig(properties);
    rules = config.rules();
    requireNoKeyOfAKey(config);
    onFailure = config.onFailure();
    markHeader = config.markHeader();
    String file = config.getString(ScreenConfig.RULES_FILE);
    dropped =
        new Tally(
            counts -> LOG.warn("Dropped by the rules of {} since the task began: {}", file, counts),
            System::nanoTime);
    ofMaps = rules.bind(MapForm.INSTANCE, MapForm.INSTANCE, clock);
    ofStructs = new SchemaCache<>();
    besideKeys = new SchemaCache<>();
  }

  private void requireNoKeyOfAKey(ScreenConfig config) {
    if (part == RecordPart.KEY && rules.asksForKey()) {
      throw new ConfigException(
          ScreenConfig.RULES_FILE,
          config.getString(ScreenConfig.RULES_FILE),
          "must be rules without equals_key, which is for " + Value.class.getName());
    }
  }

  @Override
  public R apply(R record) {
    Object value = part.value(record);
    if (value == null || isMarked(record)) {
      return record;
    }
    Object key = part == RecordPart.VALUE && rules.asksForKey() ? record.key() : null;
    Optional<Failure> failure = check(part.schema(record), value, key, partition(record));
    return failure.isEmpty() ? record : refuse(record, failure.get());
  }

  /** Whether a screen before this one has marked the record: the first verdict counts. */
  private boolean isMarked(R record) {
    return onFailure == ScreenConfig.OnFailure.MARK
        && record.headers().lastWithName(markHeader) != null;
  }

  /** Where the record is; null when it is in no topic yet, or when its sample does not say. */
  private static Integer partition(ConnectRecord<?> record) {
    Integer partition = record.kafkaPartition();
    return partition == null || partition < 0 ? null : partition;
  }

  private Optional<Failure> check(Schema schema, Object value, Object key, Integer partition) {
    if (schema == null) {
      return ofMaps.check(
          Requirements.requireMap(value, PURPOSE),
          key instanceof Map<?, ?> map ? map : null,
          partition);
    }
    Struct struct = Requirements.requireStruct(value, PURPOSE);
    if (key instanceof Struct keyStruct) {
      return besideKey(struct.schema(), keyStruct.schema()).check(struct, keyStruct, partition);
    }
    return ofStructs
        .get(struct.schema(), found -> rules.bind(new StructForm(found), clock))
        .check(struct, null, partition);
  }

  private BoundRules<Struct> besideKey(Schema schema, Schema keySchema) {
    return besideKeys
        .get(schema, found -> new SchemaCache<>())
        .get(keySchema, keys -> rules.bind(new StructForm(schema), new StructForm(keys), clock));
  }

  private R refuse(R record, Failure failure) {
    return switch (onFailure) {
      case FAIL -> throw new DataException(failure.message());
      case DROP -> {
        dropped.add(failure.rule());
        yield null;
      }
      case MARK -> marked(record, failure);
    };
  }

  private R marked(R record, Failure failure) {
    R marked =
        record.newRecord(
            record.topic(),
            record.kafkaPartition(),
            record.keySchema(),
            record.key(),
            record.valueSchema(),
            record.value(),
            record.timestamp(),
            record.headers().duplicate());
    marked.headers().add(markHeader, new SchemaAndValue(Schema.STRING_SCHEMA, failure.rule()));
    return marked;
  }

  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  @Override
  public void close() {
    if (dropped != null) {
      dropped.end();
    }
    ofStructs = null;
    besideKeys = null;
  }

  /**
   * Judges the record's key.
   *
   * @param <R> source or sink record
   */
  public static final class Key<R extends ConnectRecord<R>> extends Screen<R> {

    /** Made by Connect. */
    public Key() {
      super(RecordPart.KEY, Clock.systemUTC());
    }
  }

  /**
   * Judges the record's value.
   *
   * @param <R> source or sink record
   */
  public static final class Value<R extends ConnectRecord<R>> extends Screen<R> {

    /** Made by Connect. */
    public Value() {
      this(Clock.systemUTC());
    }

    Value(Clock clock) {
      super(RecordPart.VALUE, clock);
    }
  }
}
