package io.furnistream.aggregates.streams;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.furnistream.registry.RegistryUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes rows as Confluent's serializer does, which it asks once for each topic: the bytes begin
 * with the id of the one schema that the topic's contract has. Asking for every row would take
 * longer than writing the row. Safe for use by several threads.
 */
final class ContractSerializer implements Serializer<SpecificRecord> {

  private static final int HEADER_LENGTH = 1 + Integer.BYTES;
  private static final int TYPICAL_LENGTH = 128;

  private final KafkaAvroSerializer confluent = new KafkaAvroSerializer();
  private final Map<String, Contract> contracts = new ConcurrentHashMap<>();

  /**
   * A serializer of one side of every topic.
   *
   * @param settings those of Confluent's serializer
   * @param isKey whether it writes keys
   */
  ContractSerializer(Map<String, ?> settings, boolean isKey) {
    confluent.configure(settings, isKey);
  }

  /**
   * Writes a row or its key.
   *
   * @throws RegistryUnavailableException when the registry does not return the schema's id
   * @throws RuntimeException any other, when the schema cannot hold what the row holds
   */
  @Override
  public byte[] serialize(String topic, SpecificRecord row) {
    Contract contract = contracts.get(topic);
    if (contract == null) {
      contract = fetch(topic, row);
      contracts.put(topic, contract);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_LENGTH);
    bytes.write(contract.header, 0, HEADER_LENGTH);
    write(contract.writer, row, bytes);
    return bytes.toByteArray();
  }

  private Contract fetch(String topic, SpecificRecord row) {
    @SuppressWarnings("unchecked") // the writer takes what the class says
    Class<SpecificRecord> type = (Class<SpecificRecord>) row.getClass();
    SpecificDatumWriter<SpecificRecord> writer = new SpecificDatumWriter<>(type);
    // Whether it can be written is tried first: what fails after that is the registry.
    write(writer, row, new ByteArrayOutputStream(TYPICAL_LENGTH));
    try {
      return new Contract(confluent.serialize(topic, row), writer);
    } catch (SerializationException e) {
      throw new RegistryUnavailableException(
          "The registry does not return the id of the schema of " + topic, e);
    }
  }

  private static void write(
      SpecificDatumWriter<SpecificRecord> writer, SpecificRecord row, ByteArrayOutputStream bytes) {
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(row, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
  }

  @Override
  public void close() {
    confluent.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Contract(byte[] header, SpecificDatumWriter<SpecificRecord> writer) {}
}
