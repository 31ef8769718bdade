package io.furnistream.aggregates;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The groups that changed since they were last sent on. The set is in memory; what survives a crash
 * is a mark for each aggregate and day in it, a handful where the groups are thousands. After a
 * crash every group of a marked day is sent again, which changes nothing where it was sent before.
 */
final class ChangedGroups {

  private static final byte[] EVERY = {};
  private static final byte[] MARKED = {};

  private final Section marks;
  private final Section groups;
  private final Set<Bytes> changed = new LinkedHashSet<>();
  private final Set<Bytes> marked = new LinkedHashSet<>();
  private List<byte[]> leftOver;

  /**
   * Takes up what an earlier run left unsent.
   *
   * @param marks where the marks are kept
   * @param groups holds an entry for every group until it has been sent
   */
  ChangedGroups(Section marks, Section groups) {
    this.marks = marks;
    this.groups = groups;
    this.leftOver = marks.keys(EVERY);
  }

  void add(byte[] groupKey) {
    if (changed.add(Bytes.wrap(groupKey))) {
      byte[] day = Arrays.copyOf(groupKey, AggregateSet.DAY_PREFIX);
      if (marked.add(Bytes.wrap(day))) {
        marks.put(day, MARKED);
      }
    }
  }

  /** How many groups wait to be sent, those of an earlier run left out. */
  int size() {
    return changed.size();
  }

  /** Sends every changed group, and forgets them. */
  void drain(Consumer<byte[]> send) {
    for (byte[] day : leftOver) {
      groups.keys(day).forEach(send);
      marks.delete(day);
    }
    leftOver = List.of();
    changed.forEach(groupKey -> send.accept(groupKey.get()));
    changed.clear();
    marked.forEach(day -> marks.delete(day.get()));
    marked.clear();
  }
}
