package io.furnistream.datagen.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Confluent's wire format, by one schema: a zero, the schema's id, Avro. Unlike Confluent's
 * serializer it writes plain values, which no logical type has checked. Not thread-safe.
 */
final class WireFormat {

  /** Bytes before the Avro ones. */
  static final int HEADER_BYTES = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;

  private final Schema schema;
  private final byte[] header;
  private final DatumWriter<Object> plain;
  private final DatumWriter<Object> specific;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * Writes by a schema.
   *
   * @param id the schema's in the registry
   */
  WireFormat(Schema schema, int id) {
    this.schema = schema;
    this.header = header(id);
    this.plain = new GenericDatumWriter<>(schema, new GenericData());
    this.specific = new SpecificDatumWriter<>(schema);
  }

  /** What bytes begin with that a schema wrote. */
  static byte[] header(int id) {
    return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array();
  }

  /** What all that it writes begins with. */
  byte[] header() {
    return header.clone();
  }

  /** The schema that writes. */
  Schema schema() {
    return schema;
  }

  /** A record of the contract, in the wire format. */
  byte[] bytes(SpecificRecord record) {
    return written(specific, record);
  }

  /** A record of plain values, in the wire format. */
  byte[] plainBytes(GenericRecord record) {
    return written(plain, record);
  }

  /** What bytes of this schema hold, as plain values: whole numbers, bytes, text. */
  GenericRecord plain(byte[] bytes) {
    try {
      return new GenericDatumReader<GenericRecord>(schema, schema, new GenericData())
          .read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] written(DatumWriter<Object> writer, Object record) {
    out.reset();
    out.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
