package io.furnistream.schemas;

import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings for Kafka clients that speak the platform's Avro, the same for every registry with
 * Confluent's API.
 *
 * @param kafka properties of every client of Kafka: {@code bootstrap.servers}, TLS, SASL
 * @param registry properties of every client of the registry: {@code schema.registry.url}, TLS,
 *     credentials
 */
public record AvroClients(Map<String, Object> kafka, Map<String, Object> registry) {

  /** How many records a consumer hands over at once, and so holds decompressed in memory. */
  public static final int MAX_POLL_RECORDS = 100;

  static {
    ContractClasses.vouch();
    AvroLimits.set();
  }

  /** Settings, which are not changed any more. */
  public AvroClients {
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
  }

  /**
   * Clients that need no more than addresses.
   *
   * @param bootstrapServers Kafka's {@code bootstrap.servers}
   * @param registryUrl Confluent's {@code schema.registry.url}
   */
  public AvroClients(String bootstrapServers, String registryUrl) {
    this(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        Map.of(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, registryUrl));
  }

  /** Kafka's {@code bootstrap.servers}, for messages. */
  public String bootstrapServers() {
    return String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  /**
   * Settings of a serializer. Schemas are registered by {@link SchemaRegistrar} before the first
   * record and never by a producer, so that a record with the wrong shape is refused instead of
   * creating a new version.
   */
  public Map<String, Object> serializer() {
    return merged(registry, Map.of(KafkaAvroSerializerConfig.AUTO_REGISTER_SCHEMAS, false));
  }

  /** Settings of Connect's converter, in a process that has the classes of this package. */
  public Map<String, Object> converter() {
    return registry;
  }

  /** Settings of a deserializer that returns the classes of this package. */
  public Map<String, Object> deserializer() {
    return merged(registry, Map.of(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true));
  }

  /** Settings of a producer: idempotent, acknowledged by all replicas, compressed. */
  public Map<String, Object> producer() {
    return merged(
        merged(byteProducer(), serializer()),
        Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            KafkaAvroSerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            KafkaAvroSerializer.class));
  }

  /** Settings of a producer that is given bytes, and else is as the other. */
  public Map<String, Object> byteProducer() {
    return merged(
        kafka,
        Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "zstd",
            ProducerConfig.LINGER_MS_CONFIG,
            20));
  }

  /** Settings of a consumer that reads committed records and does not commit automatically. */
  public Map<String, Object> consumer() {
    return merged(
        merged(kafka, deserializer()),
        Map.of(
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            KafkaAvroDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            KafkaAvroDeserializer.class,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            MAX_POLL_RECORDS));
  }

  /** The names of what it holds: a value may be a password. */
  @Override
  public String toString() {
    return "AvroClients[%s, %s]".formatted(kafka.keySet(), registry.keySet());
  }

  private static Map<String, Object> merged(Map<String, Object> left, Map<String, Object> right) {
    Map<String, Object> all = new HashMap<>(left);
    all.putAll(right);
    return all;
  }
}
