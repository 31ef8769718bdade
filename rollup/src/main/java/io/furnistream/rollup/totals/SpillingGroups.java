package io.furnistream.rollup.totals;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Sums by group, of any number of groups: what does not fit in memory goes to sorted files, which
 * are merged when the groups are read. Not thread-safe.
 */
final class SpillingGroups {

  // An entry's objects: the map's node, key, two arrays; and each sum. Measured on a 64-bit JVM,
  // rounded up.
  private static final int BYTES_PER_GROUP = 160;
  private static final int BYTES_PER_SUM = 72;
  private static final int MERGED_AT_ONCE = 64;

  private final Path folder;
  private final int width;
  private final long memory;
  private final Map<GroupKey, BigInteger[]> groups = new HashMap<>();
  // Sorted files by how often their groups were merged: a group is written once per level.
  private final List<List<Path>> levels = new ArrayList<>();
  private long used;
  private int files;

  /**
   * No groups.
   *
   * @param folder for the sorted files; of this instance alone, and not there yet
   * @param width how many sums a group has
   * @param memory bytes that groups may take before they go to a file
   */
  SpillingGroups(Path folder, int width, long memory) {
    this.folder = folder;
    this.width = width;
    this.memory = memory;
  }

  /** Adds to a group's sums, which have no bound. */
  void add(GroupKey key, BigInteger... values) throws IOException {
    BigInteger[] sums = groups.get(key);
    if (sums == null) {
      sums = new BigInteger[width];
      Arrays.fill(sums, BigInteger.ZERO);
      groups.put(key, sums);
      used += BYTES_PER_GROUP + width * BYTES_PER_SUM + key.bytes().length;
    }
    addTo(sums, values);
    if (used >= memory) {
      spill();
    }
  }

  /** Takes every group once, by its key in ascending order. Nothing may be added any more. */
  void forEach(Reader reader) throws IOException {
    List<Cursor> cursors = new ArrayList<>();
    cursors.add(new MemoryCursor(sorted()));
    merge(levels.stream().flatMap(List::stream).toList(), cursors, reader);
  }

  /** How many groups there are. Nothing may be added any more. */
  long count() throws IOException {
    long[] count = new long[1];
    forEach((key, sums) -> count[0]++);
    return count[0];
  }

  /** Takes a group and its sums. */
  interface Reader {
    void take(GroupKey key, BigInteger[] sums) throws IOException;
  }

  private static void addTo(BigInteger[] sums, BigInteger[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sums[i].add(values[i]);
    }
  }

  private Iterator<Map.Entry<GroupKey, BigInteger[]>> sorted() {
    return groups.entrySet().stream().sorted(Map.Entry.comparingByKey()).iterator();
  }

  private void spill() throws IOException {
    Path run = nextFile();
    try (DataOutputStream out = output(run)) {
      for (Iterator<Map.Entry<GroupKey, BigInteger[]>> i = sorted(); i.hasNext(); ) {
        Map.Entry<GroupKey, BigInteger[]> group = i.next();
        write(out, group.getKey(), group.getValue());
      }
    }
    keep(run, 0);
    groups.clear();
    used = 0;
  }

  /** Keeps a file; merges so that each level has few enough to be read at once. */
  private void keep(Path run, int level) throws IOException {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    List<Path> runs = levels.get(level);
    runs.add(run);
    if (runs.size() == MERGED_AT_ONCE) {
      Path merged = nextFile();
      try (DataOutputStream out = output(merged)) {
        merge(runs, new ArrayList<>(), (key, sums) -> write(out, key, sums));
      }
      for (Path file : runs) {
        Files.delete(file);
      }
      runs.clear();
      keep(merged, level + 1);
    }
  }

  private Path nextFile() throws IOException {
    Files.createDirectories(folder);
    return folder.resolve(Integer.toString(files++));
  }

  private static DataOutputStream output(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  private static void write(DataOutputStream out, GroupKey key, BigInteger[] sums)
      throws IOException {
    write(out, key.bytes());
    for (BigInteger sum : sums) {
      write(out, sum.toByteArray());
    }
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void merge(List<Path> files, List<Cursor> cursors, Reader reader) throws IOException {
    try {
      for (Path file : files) {
        cursors.add(new FileCursor(file, width));
      }
      PriorityQueue<Cursor> next = new PriorityQueue<>();
      for (Cursor cursor : cursors) {
        advance(cursor, next);
      }
      while (!next.isEmpty()) {
        Cursor first = next.poll();
        GroupKey key = first.key;
        BigInteger[] sums = first.sums.clone();
        advance(first, next);
        while (!next.isEmpty() && next.peek().key.equals(key)) {
          Cursor same = next.poll();
          addTo(sums, same.sums);
          advance(same, next);
        }
        reader.take(key, sums);
      }
    } finally {
      for (Cursor cursor : cursors) {
        cursor.close();
      }
    }
  }

  private static void advance(Cursor cursor, PriorityQueue<Cursor> next) throws IOException {
    if (cursor.next()) {
      next.add(cursor);
    }
  }

  private abstract static class Cursor implements Comparable<Cursor> {
    GroupKey key;
    BigInteger[] sums;

    abstract boolean next() throws IOException;

    void close() throws IOException {}

    @Override
    public int compareTo(Cursor other) {
      return key.compareTo(other.key);
    }
  }

  private static final class MemoryCursor extends Cursor {
    private final Iterator<Map.Entry<GroupKey, BigInteger[]>> groups;

    MemoryCursor(Iterator<Map.Entry<GroupKey, BigInteger[]>> groups) {
      this.groups = groups;
    }

    @Override
    boolean next() {
      if (!groups.hasNext()) {
        return false;
      }
      Map.Entry<GroupKey, BigInteger[]> group = groups.next();
      key = group.getKey();
      sums = group.getValue();
      return true;
    }
  }

  private static final class FileCursor extends Cursor {
    private final DataInputStream in;
    private final int width;
    private long left;

    FileCursor(Path file, int width) throws IOException {
      this.left = Files.size(file);
      this.width = width;
      this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    @Override
    boolean next() throws IOException {
      if (left == 0) {
        return false;
      }
      key = new GroupKey(read());
      sums = new BigInteger[width];
      for (int i = 0; i < width; i++) {
        sums[i] = new BigInteger(read());
      }
      return true;
    }

    private byte[] read() throws IOException {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      left -= Integer.BYTES + bytes.length;
      return bytes;
    }

    @Override
    void close() throws IOException {
      in.close();
    }
  }
}
