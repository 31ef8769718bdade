package io.furnistream.datagen.faults;

import io.furnistream.schemas.Faults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.GenericRecord;

/** Sales that no reader can read. */
final class Unreadable {

  /** A schema's id that no registry has. */
  private static final int UNKNOWN_ID = Integer.MAX_VALUE;

  private static final byte[] TEXT = "no Avro".getBytes(StandardCharsets.UTF_8);

  private Unreadable() {}

  /** Every way there is, and one of a schema that drifted too far where there is such a one. */
  static List<Poison> of(Formats formats) {
    List<Poison> all = new ArrayList<>();
    all.add(poison("value without a schema's id", sound -> sound.withValue(TEXT)));
    all.add(poison("value without bytes", sound -> sound.withValue(new byte[0])));
    all.add(poison("value cut short", sound -> sound.withValue(half(sound.value()))));
    all.add(
        poison(
            "value of an unknown schema",
            sound -> sound.withValue(begun(WireFormat.header(UNKNOWN_ID), sound.value()))));
    all.add(
        poison(
            "value of a schema of keys",
            sound -> sound.withValue(begun(formats.key().header(), sound.value()))));
    all.add(poison("key without a schema's id", sound -> sound.withKey(TEXT)));
    all.add(poison("no key", sound -> sound.withKey(null)));
    formats
        .foreign()
        .ifPresent(
            foreign ->
                all.add(
                    poison(
                        "value of a schema that drifted too far",
                        sound -> {
                          GenericRecord plain = formats.value().plain(sound.value());
                          return sound.withValue(
                              foreign.plainBytes(DriftedSchemas.as(foreign.schema(), plain)));
                        })));
    return all;
  }

  private static Poison poison(String name, UnaryOperator<Message> spoiling) {
    return new Poison(name, Faults.UNREADABLE, spoiling);
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] begun(byte[] header, byte[] bytes) {
    byte[] other = bytes.clone();
    System.arraycopy(header, 0, other, 0, header.length);
    return other;
  }
}
