package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.faults.DataFaultException;
import io.furnistream.aggregates.tables.ByteReader;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stage sends on: many small entries for one partition of the next stage, as one record of
 * an internal topic.
 *
 * @param kind what the entries are
 * @param entries each led by its length
 */
@SuppressWarnings("ArrayRecordComponent") // sent on, never compared
public record Batch(Kind kind, byte[] entries) {

  /** How many partitions the internal topics have, and so how many tasks each stage can have. */
  public static final int PARTITIONS = 6;

  /** What a batch holds, and so which internal topic it goes through. */
  public enum Kind {
    /** Changes of members, for {@link MemberStage}. */
    MEMBERS,
    /** Differences of groups, for {@link TotalStage}. */
    GROUPS,
    /** The latest records of one partition, for {@link LatestStage}. */
    LATEST
  }

  /**
   * The entries of a batch, each without its length.
   *
   * @throws DataFaultException when the bytes are not a batch
   */
  static List<byte[]> split(byte[] entries) {
    return DataFaultException.guard(
        () -> {
          List<byte[]> split = new ArrayList<>();
          ByteReader reader = new ByteReader(entries);
          while (reader.hasRemaining()) {
            split.add(reader.block());
          }
          return split;
        });
  }
}
