package io.furnistream.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Sales as the bytes of this version's contract, without a schema's id: what a program of ours
 * writes for itself to read. Not thread-safe.
 */
public final class SaleBytes {

  static {
    ContractClasses.vouch();
  }

  private final DatumWriter<DailyRecord> writer =
      new SpecificDatumWriter<>(DailyRecord.getClassSchema());
  private final DatumReader<DailyRecord> reader =
      new SpecificDatumReader<>(DailyRecord.getClassSchema());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  /** The bytes of a sale; the same sale has the same. */
  public byte[] write(DailyRecord sale) {
    out.reset();
    encoder = EncoderFactory.get().binaryEncoder(out, encoder);
    try {
      writer.write(sale, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The sale that was written. */
  public DailyRecord read(byte[] bytes) {
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
