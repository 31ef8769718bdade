package io.furnistream.producing;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.Topic;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;

/**
 * Makes of records what goes to Kafka. It never registers a schema. To be used by one thread:
 * others get one of their own from {@link Publisher#encoder}.
 */
public final class RecordEncoder {

  private final Map<Topic, ContractEncoder> keys = new EnumMap<>(Topic.class);
  private final Map<Topic, ContractEncoder> values = new EnumMap<>(Topic.class);
  private final Refusal refusal;

  RecordEncoder(SchemaIds ids, Refusal refusal) {
    ids.keys().forEach((topic, id) -> keys.put(topic, new ContractEncoder(topic.keySchema(), id)));
    ids.values()
        .forEach((topic, id) -> values.put(topic, new ContractEncoder(topic.valueSchema(), id)));
    this.refusal = refusal;
  }

  /**
   * One record as it goes to Kafka.
   *
   * @param topic one whose ids were asked for
   * @param time the record's timestamp in Kafka
   * @param value null to take the record of this key back
   * @throws CannotRunException when the record does not have the shape of the topic's contract
   */
  public ProducerRecord<byte[], byte[]> encode(
      Topic topic,
      int partition,
      Instant time,
      SpecificRecord key,
      SpecificRecord value,
      List<Header> headers) {
    try {
      return new ProducerRecord<>(
          topic.topicName(),
          partition,
          time.toEpochMilli(),
          keys.get(topic).encode(key),
          value == null ? null : values.get(topic).encode(value),
          headers);
    } catch (SerializationException e) {
      throw refusal.of(e);
    }
  }
}
