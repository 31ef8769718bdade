package io.furnistream.aggregates.tables;

import io.furnistream.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;

/**
 * Where a row goes and under which key.
 *
 * @param topic the aggregated topic
 * @param groupKey the key as the stages know it
 * @param avro the key's bytes on the topic
 */
public record RowKey(Topic topic, Bytes groupKey, Bytes avro) {

  /**
   * The key of a row of a topic.
   *
   * @param groupKey the key as the stages know it
   * @param key the key of the topic's contract
   * @param serializer writes {@code key}
   */
  public static RowKey of(
      Topic topic,
      byte[] groupKey,
      SpecificRecord key,
      Serializer<? super SpecificRecord> serializer) {
    byte[] avro = serializer.serialize(topic.topicName(), key);
    return new RowKey(topic, Bytes.wrap(groupKey), Bytes.wrap(avro));
  }

  /**
   * The row's partition: a hash of the key's fields, and not of its serialised form, whose bytes
   * carry the schema's id.
   *
   * @param partitions how many partitions the topic has, 1 or more
   */
  public int partition(int partitions) {
    return Utils.toPositive(Utils.murmur2(groupKey.get())) % partitions;
  }
}
