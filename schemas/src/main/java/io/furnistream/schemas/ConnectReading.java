package io.furnistream.schemas;

import io.confluent.connect.avro.AvroData;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Whether Connect's converter reads what a schema other than the contract's wrote. A record may
 * hold fields that no contract names, which its class skips unread; Connect converts them all, and
 * refuses an empty decimal, a time of day of 25 hours or a field that is always null. What Connect
 * cannot read counts nowhere, so its own code is asked. Safe for use by several threads.
 */
final class ConnectReading {

  private final Schema writer;
  private final AvroData converter = new AvroData(1);

  ConnectReading(Schema writer) {
    this.writer = writer;
  }

  /**
   * Converts a record, for the sake of what may be thrown.
   *
   * @param bytes hold it from {@code from} on
   * @throws SerializationException when Connect cannot read it
   */
  void check(byte[] bytes, int from) {
    try {
      // One reader for each record: it keeps what it resolved for one thread alone.
      Object read =
          new GenericDatumReader<>(writer)
              .read(
                  null, DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null));
      converter.toConnectData(writer, read);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new SerializationException("Kafka Connect cannot read the bytes: " + e, e);
    }
  }
}
