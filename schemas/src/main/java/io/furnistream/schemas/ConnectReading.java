package io.furnistream.schemas;

import io.confluent.connect.avro.AvroData;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Whether Connect's converter reads what a schema other than the contract's wrote. A record may
 * hold fields that no contract names, which its class skips unread; Connect converts them all, and
 * refuses an empty decimal, a time of day of 25 hours or a field that is always null. What Connect
 * cannot read is not counted anywhere, so Connect's own code decides. Safe for use by several
 * threads.
 */
final class ConnectReading {

  private static final Set<Schema.Type> PLAIN =
      EnumSet.of(
          Schema.Type.STRING,
          Schema.Type.BOOLEAN,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE);

  private static final Set<String> HARMLESS = Set.of(GenericData.STRING_PROP);

  private final Schema writer;
  private final GenericDatumReader<Object> reader;
  private final AvroData converter = new AvroData(1);

  private ConnectReading(Schema writer) {
    this.writer = writer;
    this.reader = new GenericDatumReader<>(writer);
  }

  /**
   * The reading of what a schema wrote.
   *
   * @return empty when Connect reads all of it that the contract's class can hold: no field but
   *     those of the contract, and others whose every value can be converted
   */
  static Optional<ConnectReading> of(Schema writer, Schema contract) {
    return writer.equals(contract) || isPlainBeside(contract, writer)
        ? Optional.empty()
        : Optional.of(new ConnectReading(writer));
  }

  /**
   * Converts a record, only to see whether that fails.
   *
   * @param bytes hold it from {@code from} on
   * @throws SerializationException when Connect cannot read it
   */
  void check(byte[] bytes, int from) {
    try {
      converter.toConnectData(writer, ContractReader.decoded(reader, bytes, from));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new SerializationException("Kafka Connect cannot read the bytes: " + e, e);
    }
  }

  private static boolean isPlainBeside(Schema contract, Schema writer) {
    return writer.getType() == Schema.Type.RECORD
        && writer.getFields().stream()
            .allMatch(field -> isOf(contract, field) || isPlain(field.schema()));
  }

  private static boolean isOf(Schema contract, Schema.Field field) {
    Schema.Field known = contract.getField(field.name());
    return known != null && known.schema().equals(field.schema());
  }

  /** Whether every value can be converted: no logical type, and no annotation of Connect's. */
  private static boolean isPlain(Schema schema) {
    Schema type = AvroDeclaration.withoutNull(schema);
    return PLAIN.contains(type.getType()) && HARMLESS.containsAll(type.getObjectProps().keySet());
  }
}
