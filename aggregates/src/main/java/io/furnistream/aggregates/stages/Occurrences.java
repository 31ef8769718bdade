package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.tables.ByteReader;
import io.furnistream.aggregates.tables.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many records each of some values has under one key: each group of a member, each label of a
 * group. Nearly all keys have a handful of values, which are in one entry of the store. Further
 * values have entries of their own, so that an entry is bounded where thousands of records share
 * one key, such as the customer {@code unknown} or the place 0, 0.
 */
final class Occurrences {

  private final Form form;
  private final byte[] key;
  private final List<Value> together = new ArrayList<>();
  private long further;

  /**
   * How occurrences are stored.
   *
   * @param together how many values one entry holds
   * @param entries the entry of each key
   * @param furtherValues an entry for each further value
   */
  record Form(int together, Section entries, Section furtherValues) {

    /** Those of one store, in two sections of it. */
    static Form of(int together, KeyValueStore<Bytes, byte[]> store, int entries, int further) {
      return new Form(together, new Section(store, entries), new Section(store, further));
    }
  }

  private Occurrences(Form form, byte[] key) {
    this.form = form;
    this.key = key;
  }

  /** Reads what is stored under a key, which may be nothing. */
  static Occurrences read(Form form, byte[] key) {
    Occurrences occurrences = new Occurrences(form, key);
    byte[] stored = form.entries.get(key);
    if (stored != null) {
      ByteReader reader = new ByteReader(stored);
      occurrences.further = reader.number();
      while (reader.hasRemaining()) {
        occurrences.together.add(new Value(reader.block(), reader.number()));
      }
    }
    return occurrences;
  }

  boolean isEmpty() {
    return together.isEmpty() && further == 0;
  }

  /** How many bytes it takes in memory, more or less. */
  int size() {
    int size = key.length;
    for (Value each : together) {
      size += each.value.length;
    }
    return size;
  }

  /** How many records a value has. */
  long records(byte[] value) {
    Value known = find(value);
    if (known != null) {
      return known.records;
    }
    byte[] stored = further == 0 ? null : form.furtherValues.get(furtherKey(value));
    return stored == null ? 0 : new ByteReader(stored).number();
  }

  /** Sets how many records a value has; 0 forgets the value. */
  void setRecords(byte[] value, long records) {
    Value known = find(value);
    if (known != null) {
      known.records = records;
      if (records == 0) {
        together.remove(known);
      }
    } else if (further > 0 && form.furtherValues.get(furtherKey(value)) != null) {
      if (records == 0) {
        form.furtherValues.delete(furtherKey(value));
        further--;
      } else {
        form.furtherValues.put(furtherKey(value), new ByteWriter().number(records).toByteArray());
      }
    } else if (records != 0 && together.size() < form.together) {
      together.add(new Value(value, records));
    } else if (records != 0) {
      form.furtherValues.put(furtherKey(value), new ByteWriter().number(records).toByteArray());
      further++;
    }
  }

  /** The value that comes first in the unsigned order of its bytes; null when there is none. */
  byte[] first() {
    byte[] first = null;
    for (Value each : together) {
      if (first == null || Arrays.compareUnsigned(each.value, first) < 0) {
        first = each.value;
      }
    }
    if (further > 0) {
      byte[] prefix = furtherKey(new byte[0]);
      byte[] found = form.furtherValues.firstKey(prefix);
      byte[] value = Arrays.copyOfRange(found, prefix.length, found.length);
      if (first == null || Arrays.compareUnsigned(value, first) < 0) {
        first = value;
      }
    }
    return first;
  }

  /** Stores it, or forgets the key when no value is left. */
  void write() {
    if (isEmpty()) {
      form.entries.delete(key);
      return;
    }
    ByteWriter writer = new ByteWriter().number(further);
    together.forEach(each -> writer.block(each.value).number(each.records));
    form.entries.put(key, writer.toByteArray());
  }

  private Value find(byte[] value) {
    for (Value each : together) {
      if (Arrays.equals(each.value, value)) {
        return each;
      }
    }
    return null;
  }

  private byte[] furtherKey(byte[] value) {
    return new ByteWriter().block(key).raw(value).toByteArray();
  }

  private static final class Value {
    private final byte[] value;
    private long records;

    Value(byte[] value, long records) {
      this.value = value;
      this.records = records;
    }
  }
}
