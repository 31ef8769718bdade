package io.furnistream.datagen.sales;

import io.furnistream.datagen.store.Store;
import io.furnistream.datagen.store.StoreFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** What the tests do with generated days. */
public final class Days {

  /** Partitions of daily_records, as the platform creates it. */
  private static final int PARTITIONS = 6;

  private Days() {}

  /** The dataset of the store that comes with the generator. */
  public static Dataset dataset(long seed, int records) {
    return new Dataset(furniture(), seed, Volume.exactly(records, 0));
  }

  /** The store that comes with the generator, in New York. */
  public static Store furniture() {
    return StoreFile.read("furniture", ZoneId.of("America/New_York"));
  }

  /** All records of one day, from a generator of their own. */
  public static List<GeneratedRecord> generate(Dataset dataset, String day) {
    return generate(new DayGenerator(dataset), day);
  }

  /** All records of one day. */
  public static List<GeneratedRecord> generate(DayGenerator generator, String day) {
    List<GeneratedRecord> records = new ArrayList<>();
    generator.generate(LocalDate.parse(day), records::add);
    return records;
  }

  /** SHA-256 over partition, key body and value body of each record, in order, as hexadecimal. */
  public static String sha256(List<GeneratedRecord> records) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (GeneratedRecord each : records) {
        digest.update(
            ByteBuffer.allocate(Integer.BYTES).putInt(each.id().partition(PARTITIONS)).flip());
        digest.update(avro(each.key()));
        digest.update(avro(each.value()));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The Avro body of a record, without the registry's id in front. */
  public static byte[] avro(SpecificRecordBase datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new SpecificDatumWriter<>(datum.getSchema(), datum.getSpecificData()).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
