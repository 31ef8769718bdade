package io.furnistream.producing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Makes the bytes of the records of one contract, the same as Confluent's serializer makes: a zero,
 * the schema's id in four bytes, Avro. Not thread-safe.
 */
final class ContractEncoder {

  private static final byte WIRE_FORMAT = 0;
  private static final int USUAL_BYTES = 512;

  private final Schema contract;
  private final byte[] head;
  private final ContractWriter fast;
  private final SpecificDatumWriter<SpecificRecord> thorough;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
  private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

  ContractEncoder(Schema contract, int id) {
    this.contract = contract;
    this.head = ByteBuffer.allocate(Byte.BYTES + Integer.BYTES).put(WIRE_FORMAT).putInt(id).array();
    this.fast = new ContractWriter(contract);
    this.thorough = new SpecificDatumWriter<>(contract);
  }

  /**
   * The bytes of a record.
   *
   * @throws SerializationException when it does not have the contract's shape; its cause names the
   *     field
   */
  byte[] encode(SpecificRecord record) {
    try {
      begin();
      fast.write(record, encoder);
      return end();
    } catch (IOException | RuntimeException e) {
      return encodeThoroughly(record);
    }
  }

  private byte[] encodeThoroughly(SpecificRecord record) {
    try {
      begin();
      thorough.write(record, encoder);
      return end();
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("Not a " + contract.getFullName(), e);
    }
  }

  private void begin() throws IOException {
    // What the encoder still holds of a record that was given up goes with it.
    encoder.flush();
    bytes.reset();
    bytes.writeBytes(head);
  }

  private byte[] end() throws IOException {
    encoder.flush();
    return bytes.toByteArray();
  }
}
