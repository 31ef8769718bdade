package io.furnistream.aggregates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many records one member has in each group of a day. Nearly all have a handful of groups,
 * which stand in one entry of the store. Further groups have entries of their own, so that an entry
 * is bounded where thousands of records share one id, such as {@code unknown}.
 */
final class MemberState {

  /** How many groups one entry holds. */
  static final int TOGETHER = 32;

  private static final int ENTRY = 0;
  private static final int FURTHER = 1;

  private final Section entries;
  private final Section furtherGroups;
  private final byte[] memberKey;
  private final List<GroupRecords> groups = new ArrayList<>();
  private long further;

  private MemberState(KeyValueStore<Bytes, byte[]> store, byte[] memberKey) {
    this.entries = new Section(store, ENTRY);
    this.furtherGroups = new Section(store, FURTHER);
    this.memberKey = memberKey;
  }

  /** Reads what is stored of a member, which may be nothing. */
  static MemberState read(KeyValueStore<Bytes, byte[]> store, byte[] memberKey) {
    MemberState state = new MemberState(store, memberKey);
    byte[] stored = state.entries.get(memberKey);
    if (stored != null) {
      ByteReader reader = new ByteReader(stored);
      state.further = reader.number();
      while (reader.hasRemaining()) {
        state.groups.add(new GroupRecords(reader.block(), reader.number()));
      }
    }
    return state;
  }

  /** How many records the member has in a group. */
  long records(byte[] group) {
    GroupRecords known = find(group);
    if (known != null) {
      return known.records;
    }
    byte[] stored = further == 0 ? null : furtherGroups.get(key(group));
    return stored == null ? 0 : new ByteReader(stored).number();
  }

  /** Sets how many records the member has in a group; 0 forgets the group. */
  void setRecords(byte[] group, long records) {
    GroupRecords known = find(group);
    if (known != null) {
      known.records = records;
      if (records == 0) {
        groups.remove(known);
      }
    } else if (further > 0 && furtherGroups.get(key(group)) != null) {
      if (records == 0) {
        furtherGroups.delete(key(group));
        further--;
      } else {
        furtherGroups.put(key(group), new ByteWriter().number(records).toByteArray());
      }
    } else if (records != 0 && groups.size() < TOGETHER) {
      groups.add(new GroupRecords(group, records));
    } else if (records != 0) {
      furtherGroups.put(key(group), new ByteWriter().number(records).toByteArray());
      further++;
    }
  }

  /** Stores it, or forgets the member when no group is left. */
  void write() {
    if (groups.isEmpty() && further == 0) {
      entries.delete(memberKey);
      return;
    }
    ByteWriter writer = new ByteWriter().number(further);
    groups.forEach(each -> writer.block(each.group).number(each.records));
    entries.put(memberKey, writer.toByteArray());
  }

  private GroupRecords find(byte[] group) {
    for (GroupRecords each : groups) {
      if (Arrays.equals(each.group, group)) {
        return each;
      }
    }
    return null;
  }

  private byte[] key(byte[] group) {
    return new ByteWriter().block(memberKey).raw(group).toByteArray();
  }

  private static final class GroupRecords {
    private final byte[] group;
    private long records;

    GroupRecords(byte[] group, long records) {
      this.group = group;
      this.records = records;
    }
  }
}
