package io.furnistream.aggregates;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes rows as Confluent's serializer does, which it asks once for each topic: the bytes begin
 * with the id of the one schema that the topic's contract has. To ask with every row takes longer
 * than to write the row. Safe for use by several threads.
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

  @Override
  public byte[] serialize(String topic, SpecificRecord row) {
    Contract contract = contracts.get(topic);
    if (contract == null) {
      byte[] bytes = confluent.serialize(topic, row);
      contracts.put(topic, Contract.of(bytes, row));
      return bytes;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_LENGTH);
    bytes.write(contract.header, 0, HEADER_LENGTH);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      contract.writer.write(row, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written to", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    confluent.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Contract(byte[] header, SpecificDatumWriter<SpecificRecord> writer) {

    @SuppressWarnings("unchecked") // the writer takes what the class says
    static Contract of(byte[] bytes, SpecificRecord row) {
      return new Contract(bytes, new SpecificDatumWriter<>((Class<SpecificRecord>) row.getClass()));
    }
  }
}
