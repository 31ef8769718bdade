package io.furnistream.endtoend.records;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.furnistream.cli.Endpoints;
import io.furnistream.schemas.SchemaRegistrar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that knows no contract: it registers whatever schema its records have, and writes
 * their plain values, which no logical type has checked.
 */
public final class ForeignClient implements AutoCloseable {

  private static final byte MAGIC = 0;
  private static final int MUCH = 64 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final SchemaRegistrar registrar;

  /** A client that compresses nothing, so that records of up to a megabyte pass. */
  public ForeignClient(Endpoints endpoints) {
    this(endpoints, "none", 0);
  }

  private ForeignClient(Endpoints endpoints, String compression, int lingerMs) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                endpoints.bootstrapServers(),
                "compression.type",
                compression,
                "linger.ms",
                lingerMs,
                "batch.size",
                MUCH / 8,
                "buffer.memory",
                2L * MUCH,
                "max.request.size",
                MUCH),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.registrar = new SchemaRegistrar(endpoints.registryClient());
  }

  /** A client whose batches are small as they travel, and large when they are read. */
  public static ForeignClient compressing(Endpoints endpoints) {
    return new ForeignClient(endpoints, "zstd", 1_000);
  }

  /** A record of a contract with its values as they are written: whole numbers and bytes. */
  public static GenericRecord plain(SpecificRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
    return new GenericDatumReader<GenericRecord>(
            record.getSchema(), record.getSchema(), new GenericData())
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }

  /** Sends a record; a null value is a tombstone. A key may be null, too. */
  public RecordMetadata send(String topic, int partition, GenericRecord key, GenericRecord value)
      throws Exception {
    return send(topic, partition, key, value, List.of());
  }

  /** Sends a record with headers. */
  public RecordMetadata send(
      String topic, int partition, GenericRecord key, GenericRecord value, List<Header> headers)
      throws Exception {
    return begin(topic, partition, key, value, headers).get(30, TimeUnit.SECONDS);
  }

  /** Sends a record in one batch with those that follow soon. */
  public Future<RecordMetadata> begin(
      String topic, int partition, GenericRecord key, GenericRecord value, List<Header> headers)
      throws Exception {
    byte[] keyBytes = key == null ? null : bytes(topic + "-key", key);
    byte[] valueBytes = value == null ? null : bytes(topic + "-value", value);
    return producer.send(new ProducerRecord<>(topic, partition, keyBytes, valueBytes, headers));
  }

  private byte[] bytes(String subject, GenericRecord record)
      throws IOException, RestClientException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(MAGIC);
    int id = registrar.register(subject, record.getSchema());
    bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<>(record.getSchema(), new GenericData()).write(record, encoder);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    producer.close();
  }
}
