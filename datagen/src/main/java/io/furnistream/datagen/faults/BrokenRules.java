package io.furnistream.datagen.faults;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.furnistream.schemas.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.GenericRecord;

/**
 * Sales that break one rule each, in each way that a record of the contract's schema can. They come
 * from the files of the rules, so that a new rule is broken too.
 */
final class BrokenRules {

  // A bound such as 99999999999999.9999 is no double.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private BrokenRules() {}

  /** Those whose key is unsound, or is in another partition than it should be. */
  static List<Poison> ofKeys(Formats formats) {
    WireFormat format = formats.key();
    List<Poison> all = new ArrayList<>();
    for (JsonNode rule : rules(Topic.DAILY_RECORDS.topicName() + "-key")) {
      for (Map.Entry<String, JsonNode> property : rule.properties()) {
        BrokenValue.of(rule, property, format.schema())
            .map(broken -> edit(format, field(rule), broken))
            .ifPresent(
                edit ->
                    all.add(
                        poison(rule, property, sound -> sound.withKey(edit.apply(sound.key())))));
        if (property.getKey().equals("partitions") && Topic.DAILY_RECORDS.partitions() > 1) {
          all.add(poison(rule, property, BrokenRules::elsewhere));
        }
      }
    }
    return all;
  }

  /** Those whose value is unsound. */
  static List<Poison> ofValues(Formats formats) {
    WireFormat format = formats.value();
    List<Poison> all = new ArrayList<>();
    for (JsonNode rule : rules(Topic.DAILY_RECORDS.topicName())) {
      for (Map.Entry<String, JsonNode> property : rule.properties()) {
        BrokenValue.of(rule, property, format.schema())
            .map(broken -> edit(format, field(rule), broken))
            .ifPresent(
                edit ->
                    all.add(
                        poison(
                            rule, property, sound -> sound.withValue(edit.apply(sound.value())))));
      }
    }
    return all;
  }

  private static Poison poison(
      JsonNode rule, Map.Entry<String, JsonNode> property, UnaryOperator<Message> spoiling) {
    String name = rule.get("name").textValue();
    return new Poison(name + " " + property.getKey(), name, spoiling);
  }

  private static String field(JsonNode rule) {
    return rule.get("field").textValue();
  }

  /** Replaces a field in what a schema wrote. */
  private static UnaryOperator<byte[]> edit(
      WireFormat format, String field, UnaryOperator<Object> broken) {
    return bytes -> {
      GenericRecord record = format.plain(bytes);
      record.put(field, broken.apply(record.get(field)));
      return format.plainBytes(record);
    };
  }

  private static Message elsewhere(Message sound) {
    return sound.inPartition((sound.partition() + 1) % Topic.DAILY_RECORDS.partitions());
  }

  private static JsonNode rules(String name) {
    String resource = "/rules/" + name + ".json";
    try (InputStream json = Topic.class.getResourceAsStream(resource)) {
      return JSON.readTree(json).get("rules");
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }
}
