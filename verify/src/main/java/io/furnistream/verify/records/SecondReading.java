package io.furnistream.verify.records;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.furnistream.schemas.Faults;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges records of {@code daily_records} once more, by the rules as their files have them, and by
 * none of the screen's code: a verdict of the screen that is wrong is noticed. It reads records as
 * their writers wrote them, and not as the contract's classes. Not thread-safe.
 */
final class SecondReading {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final List<WrittenRule> ofKeys;
  private final List<WrittenRule> ofValues;

  /** By the rules as they were packed with the contracts, and the settings of this process. */
  SecondReading() {
    this(RuleFiles.KEYS.text(), RuleFiles.VALUES.text(), PlatformSettings.current());
  }

  /** By the rules in these texts. */
  SecondReading(String keys, String values, PlatformSettings settings) {
    this.ofKeys = rules(keys, settings);
    this.ofValues = rules(values, settings);
  }

  private static List<WrittenRule> rules(String json, PlatformSettings settings) {
    try {
      List<WrittenRule> rules = new ArrayList<>();
      for (JsonNode rule : JSON.readTree(json).get("rules")) {
        rules.add(new WrittenRule(rule, settings));
      }
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What this finds where the screen's verdict is another.
   *
   * @param screen the rule that the screen names, {@value Faults#UNREADABLE}, or null where it
   *     accepts the record
   * @return empty where both agree: a rule that the screen names is one of those that are broken
   * @throws io.furnistream.cli.CannotRunException when the registry does not answer
   */
  Optional<String> disagreement(
      ConsumerRecord<byte[], byte[]> record, AvroReader avro, String screen) {
    Set<String> broken = new TreeSet<>();
    GenericRecord key = null;
    GenericRecord value = null;
    try {
      key = avro.asWritten(record.topic() + "-key", record.key());
      broken.addAll(brokenByKey(key, record.partition()));
      if (record.value() != null) {
        value = avro.asWritten(record.topic() + "-value", record.value());
        broken.addAll(brokenByValue(key, value, record.partition()));
      }
    } catch (UnreadableRecordException e) {
      broken.add(Faults.UNREADABLE);
    }
    if (screen == null ? broken.isEmpty() : broken.contains(screen)) {
      return Optional.empty();
    }
    // Connect cannot take what some schemas of others write: that is for no rule to say.
    boolean isOfOthers =
        !isOf(Topic.DAILY_RECORDS.keySchema(), key)
            || !isOf(Topic.DAILY_RECORDS.valueSchema(), value);
    return Faults.UNREADABLE.equals(screen) && isOfOthers
        ? Optional.empty()
        : Optional.of(broken.isEmpty() ? "sound" : "breaks " + String.join(", ", broken));
  }

  private static boolean isOf(Schema contract, GenericRecord record) {
    return record == null || record.getSchema().equals(contract);
  }

  /** The rules that a key breaks. */
  Set<String> brokenByKey(GenericRecord key, int partition) {
    return broken(ofKeys, key, key, partition);
  }

  /** The rules that a value breaks. */
  Set<String> brokenByValue(GenericRecord key, GenericRecord value, int partition) {
    return broken(ofValues, value, key, partition);
  }

  private static Set<String> broken(
      List<WrittenRule> rules, GenericRecord part, GenericRecord key, int partition) {
    Set<String> broken = new TreeSet<>();
    for (WrittenRule rule : rules) {
      if (rule.isBrokenBy(part, key, partition)) {
        broken.add(rule.name());
      }
    }
    return broken;
  }
}
