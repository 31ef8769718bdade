package io.furnistream.schemas;

import io.furnistream.screening.BoundRules;
import io.furnistream.screening.Failure;
import io.furnistream.screening.RuleNumbers;
import io.furnistream.screening.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * The screen of a topic: which of its records are sound. The rules are in {@code
 * rules/TOPIC-key.json} and {@code rules/TOPIC.json}; Connect reads the same files. A key is judged
 * before its value, a writer's schema before any value, and the first rule that is broken is the
 * verdict in every part. Safe for use by several threads.
 *
 * @param <K> class of the keys
 * @param <V> class of the values
 */
public final class ContractRules<K extends SpecificRecord, V extends SpecificRecord> {

  private final ContractReader<K> keyReader;
  private final ContractReader<V> valueReader;
  private final BoundRules<IndexedRecord> keys;
  private final BoundRules<IndexedRecord> values;

  private ContractRules(Topic topic, Class<K> key, Class<V> value, PlatformSettings settings) {
    RuleNumbers numbers = new RuleNumbers(settings.partitions(topic), settings.buckets());
    keyReader = new ContractReader<>(key, rules(topic.topicName() + "-key", numbers), null);
    valueReader = new ContractReader<>(value, rules(topic.topicName(), numbers), topic.keySchema());
    keys = keyReader.bind(topic.keySchema());
    values = valueReader.bind(topic.valueSchema());
  }

  /**
   * The rules of {@code daily_records}, as they were packed with the contracts, by the settings of
   * this process.
   */
  public static ContractRules<DailyRecordKey, DailyRecord> ofSales() {
    return ofSales(PlatformSettings.current());
  }

  /** The rules of {@code daily_records} under some settings. */
  static ContractRules<DailyRecordKey, DailyRecord> ofSales(PlatformSettings settings) {
    return new ContractRules<>(
        Topic.DAILY_RECORDS, DailyRecordKey.class, DailyRecord.class, settings);
  }

  /** The rules of {@code run_ledger}, as they were packed with the contracts. */
  public static ContractRules<RunLedgerKey, RunLedger> ofLedger() {
    return new ContractRules<>(
        Topic.RUN_LEDGER, RunLedgerKey.class, RunLedger.class, PlatformSettings.current());
  }

  /**
   * The rule that the key of a record or a tombstone breaks, whatever partition it is in; empty
   * when it is sound.
   */
  public Optional<Failure> check(K key) {
    return keys.check(key);
  }

  /** The rule that a record's value breaks, given its key; empty when it is sound. */
  public Optional<Failure> check(K key, V value) {
    return values.check(value, key);
  }

  /**
   * Reads a key and judges it.
   *
   * @param writer the schema that wrote it
   * @param bytes hold it from {@code from} on
   * @param partition the one in which the record lies, from 0; null when that is not known, and not
   *     asked then
   * @throws UnsoundException when it, its schema or its partition breaks a rule
   * @throws org.apache.kafka.common.errors.SerializationException when the bytes are not such a key
   */
  public K readKey(Schema writer, byte[] bytes, int from, Integer partition) {
    K key = keyReader.read(writer, bytes, from, null, partition);
    keys.check(key, null, partition)
        .ifPresent(
            failure -> {
              throw new UnsoundException(failure);
            });
    return key;
  }

  /**
   * Reads a value. Its schema is judged, and a value that the contract's class cannot hold; {@link
   * #check(SpecificRecord, SpecificRecord)} judges what is returned.
   *
   * @param writer the schema that wrote it
   * @param bytes hold it from {@code from} on
   * @param key the record's
   * @throws UnsoundException when its schema breaks a rule, or it does and cannot be read
   * @throws org.apache.kafka.common.errors.SerializationException when the bytes are not such a
   *     value
   */
  public V readValue(Schema writer, byte[] bytes, int from, K key) {
    return valueReader.read(writer, bytes, from, key, null);
  }

  private static RuleSet rules(String name, RuleNumbers numbers) {
    String resource = "/rules/" + name + ".json";
    try (InputStream json = ContractRules.class.getResourceAsStream(resource)) {
      RuleSet rules = RuleSet.read(resource, json, numbers);
      if (!rules.isDeterministic()) {
        // Two parts that look at different moments would disagree about what counts.
        throw new IllegalStateException(resource + " has a rule that looks at the clock");
      }
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }
}
