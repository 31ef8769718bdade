package io.furnistream.connectors.avro;

import com.google.common.util.concurrent.UncheckedExecutionException;
import io.confluent.connect.avro.AvroConverter;
import io.confluent.connect.avro.AvroConverterConfig;
import io.confluent.connect.avro.AvroDataConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.subject.strategy.SubjectNameStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
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
 * reports a fault as retriable, the worker dead-letters the rest of the batch when it is told to
 * stop while it retries. So the waiting is done in here, where the worker sees nothing but a slow
 * conversion: for as long as the registry is away or does not have the topic's subject, and no
 * longer. A record that is itself at fault (bytes that are no Avro, an id that the registry does
 * not know, or knows as another subject's or as none of Avro's) fails at once, as before. So do a
 * record nested so deep that converting it overflows the stack and a null in Avro, which the plain
 * converter lets end the task or has taken for a tombstone.
 */
public final class RetryingAvroConverter extends AvroConverter {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingAvroConverter.class);

  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private static final ConfigDef CONFIG_DEF = definition();

  private SchemaRegistryClient registry;
  private Object subjects;
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

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    super.configure(configs, isKey);
    AvroConverterConfig config = new AvroConverterConfig(configs);
    this.isKey = isKey;
    subjects = isKey ? config.keySubjectNameStrategy() : config.valueSubjectNameStrategy();
    registry =
        SchemaRegistryClientFactory.newClient(
            config.getSchemaRegistryUrls(),
            config.getMaxSchemasPerSubject(),
            List.of(new AvroSchemaProvider()),
            config.originalsWithPrefix(""),
            config.requestHeaders());
  }

  @Override
  public SchemaAndValue toConnectData(String topic, Headers headers, byte[] value) {
    Duration delay = FIRST_DELAY;
    boolean askedAgain = false;
    while (true) {
      try {
        return converted(topic, headers, value);
      } catch (RuntimeException e) {
        if (RegistryOutage.isUnknownSchema(e)) {
          if (hasSubject(topic)) {
            if (askedAgain) {
              throw e;
            }
            // The schemas may have come between the two questions.
            askedAgain = true;
            continue;
          }
        } else if (!RegistryOutage.causes(e)) {
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

  private SchemaAndValue converted(String topic, Headers headers, byte[] value) {
    SchemaAndValue converted;
    try {
      converted = super.toConnectData(topic, headers, value);
    } catch (StackOverflowError e) {
      throw new DataException("The record of topic " + topic + " is nested too deep", e);
    } catch (UncheckedExecutionException e) {
      throw new DataException(
          "The record of topic " + topic + " has a schema that is not Avro's", e);
    }
    if (value != null && (converted == null || converted.value() == null)) {
      throw new DataException(
          "The record of topic " + topic + " is Avro's null, which is not a tombstone");
    }
    return converted;
  }

  /** A registry without the subject has lost its schemas, or has yet to be given them. */
  private boolean hasSubject(String topic) {
    try {
      if (subjects instanceof SubjectNameStrategy strategy && !strategy.usesSchema()) {
        registry.getLatestSchemaMetadata(strategy.subjectName(topic, isKey, null));
        return true;
      }
      // The schema would be needed to name the subject.
      return !registry.getAllSubjects().isEmpty();
    } catch (IOException | RestClientException e) {
      // It no longer answers: that, too, says nothing about the record.
      return false;
    }
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
