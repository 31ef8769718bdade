package io.furnistream.replay.run;

import io.furnistream.schemas.DailyRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Sales as bytes, and hashes of what they say. Not thread-safe. */
final class LineBytes {

  private final DatumWriter<DailyRecord> writer =
      new SpecificDatumWriter<>(DailyRecord.getClassSchema());
  private final DatumReader<DailyRecord> reader =
      new SpecificDatumReader<>(DailyRecord.getClassSchema());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final MessageDigest digest = digest();
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  byte[] write(DailyRecord sale) {
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

  DailyRecord read(byte[] bytes) {
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long hash(byte[] bytes) {
    return ByteBuffer.wrap(digest.digest(bytes)).getLong();
  }

  long hash(String[] cells) {
    for (String cell : cells) {
      digest.update(cell.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0xFF);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
