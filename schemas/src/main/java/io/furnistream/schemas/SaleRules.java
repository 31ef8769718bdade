package io.furnistream.schemas;

import io.furnistream.screening.BoundRules;
import io.furnistream.screening.Failure;
import io.furnistream.screening.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/**
 * The screen of the topic {@code daily_records}: which of its records are sound. The rules stand in
 * {@code rules/daily_records-key.json} and {@code rules/daily_records.json}; Connect reads the same
 * files. Immutable.
 */
public final class SaleRules {

  private final BoundRules<IndexedRecord> keys;
  private final BoundRules<IndexedRecord> values;

  private SaleRules(BoundRules<IndexedRecord> keys, BoundRules<IndexedRecord> values) {
    this.keys = keys;
    this.values = values;
  }

  /** Reads the rules that were packed with the contracts. */
  public static SaleRules load() {
    AvroForm key = new AvroForm(DailyRecordKey.getClassSchema());
    AvroForm value = new AvroForm(DailyRecord.getClassSchema());
    return new SaleRules(
        rules("daily_records-key.json").bind(key, Clock.systemUTC()),
        rules("daily_records.json").bind(value, key, Clock.systemUTC()));
  }

  /** The rule that the key of a record or a tombstone breaks; empty when it is sound. */
  public Optional<Failure> check(DailyRecordKey key) {
    return keys.check(key);
  }

  /** The rule that a record's value breaks beside its key; empty when it is sound. */
  public Optional<Failure> check(DailyRecordKey key, DailyRecord value) {
    return values.check(value, key);
  }

  static RuleSet rules(String file) {
    String resource = "/rules/" + file;
    try (InputStream json = SaleRules.class.getResourceAsStream(resource)) {
      RuleSet rules = RuleSet.read(resource, json);
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
