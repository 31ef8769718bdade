package io.furnistream.connectors.avro;

import io.confluent.connect.avro.AvroConverter;
import io.confluent.connect.avro.AvroConverterConfig;
import io.confluent.connect.avro.AvroDataConfig;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.subject.strategy.SubjectNameStrategy;
import io.furnistream.registry.RegistryOutage;
import io.furnistream.registry.RegistryUnavailableException;
import io.furnistream.registry.WriterSchemas;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confluent's {@link AvroConverter}, which holds a record back while the schema registry is away.
 *
 * <p>The plain converter reports a refused connection, a 401 and a 502 as faults of the record, and
 * {@code errors.tolerance=all} then sends sound records to the dead-letter topic. Even where it
 * reports a fault as retriable, the worker dead-letters the rest of the batch when it is asked to
 * stop while it retries. So the waiting is done in here, where the worker sees nothing but a slow
 * conversion: for as long as the registry is away or does not have the topic's subject, and no
 * longer. A record that is itself at fault (bytes that are not Avro, or an id that the registry
 * does not know, knows as another subject's, or has a non-Avro schema for) fails at once, as
 * before: {@link WriterSchemas} says which, as it does for the aggregates and verify. A record
 * nested so deep that converting it overflows the stack fails too, where the plain converter would
 * end the task, and so does a null in Avro, which the plain converter takes for a tombstone.
 */
public final class RetryingAvroConverter extends AvroConverter {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingAvroConverter.class);

  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private static final ConfigDef CONFIG_DEF = definition();

  private WriterSchemas schemas;
  private SubjectNameStrategy subjects;
  private boolean isKey;

  /** What the plain converter reads, though it does not say so: Connect validates by it. */
  @Override
  public ConfigDef config() {
    return CONFIG_DEF;
  }

  private static ConfigDef definition() {
    ConfigDef definition = new ConfigDef(AbstractKafkaSchemaSerDeConfig.baseConfigDef());
    AvroDataConfig.baseConfigDef().configKeys().values().stream()
        .filter(key -> !definition.names().contains(key.name))
        .forEach(definition::define);
    return definition;
  }

  /**
   * Takes what the plain converter takes.
   *
   * @throws ConfigException when the subject does not follow from the topic
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    super.configure(configs, isKey);
    AvroConverterConfig config = new AvroConverterConfig(configs);
    this.isKey = isKey;
    Object strategy = isKey ? config.keySubjectNameStrategy() : config.valueSubjectNameStrategy();
    if (!(strategy instanceof SubjectNameStrategy named) || named.usesSchema()) {
      throw new ConfigException(
          isKey
              ? AbstractKafkaSchemaSerDeConfig.KEY_SUBJECT_NAME_STRATEGY
              : AbstractKafkaSchemaSerDeConfig.VALUE_SUBJECT_NAME_STRATEGY,
          strategy.getClass().getName(),
          "The subject must follow from the topic: without the schema nothing else says which one to wait for");
    }
    subjects = named;
    schemas =
        new WriterSchemas(
            config.getSchemaRegistryUrls(),
            config.originalsWithPrefix(""),
            config.requestHeaders());
  }

  @Override
  public void close() throws IOException {
    if (schemas != null) {
      schemas.close();
    }
  }

  @Override
  public SchemaAndValue toConnectData(String topic, Headers headers, byte[] value) {
    Duration delay = FIRST_DELAY;
    while (true) {
      try {
        if (value != null) {
          schemas.of(subjects.subjectName(topic, isKey, null), value);
        }
        return converted(topic, headers, value);
      } catch (SerializationException e) {
        throw new DataException(
            "The record of topic " + topic + " cannot be read: " + e.getMessage(), e);
      } catch (RuntimeException e) {
        if (!isOutage(e)) {
          throw e;
        }
        LOG.warn(
            "The schema registry does not answer, or not with the topic's schemas; a record of topic {} waits {} ms for it: {}",
            topic,
            delay.toMillis(),
            RegistryOutage.summary(e));
        pause(delay, e);
        delay = doubled(delay);
      }
    }
  }

  /**
   * The schema was found: if the plain converter does not find it, the registry has lost it since.
   */
  private static boolean isOutage(RuntimeException failure) {
    return failure instanceof RegistryUnavailableException
        || RegistryOutage.causes(failure)
        || RegistryOutage.isAnswer(failure);
  }

  private SchemaAndValue converted(String topic, Headers headers, byte[] value) {
    SchemaAndValue converted;
    try {
      converted = super.toConnectData(topic, headers, value);
    } catch (StackOverflowError e) {
      throw new DataException("The record of topic " + topic + " is nested too deep", e);
    }
    if (value != null && (converted == null || converted.value() == null)) {
      throw new DataException(
          "The record of topic " + topic + " is Avro's null, which is not a tombstone");
    }
    return converted;
  }

  private static Duration doubled(Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
  }

  private static void pause(Duration delay, RuntimeException outage) {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while waiting for the schema registry", outage);
    }
  }
}
