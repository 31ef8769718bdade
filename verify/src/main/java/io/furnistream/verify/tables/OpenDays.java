package io.furnistream.verify.tables;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The days that live runs are adding to while stores are read. The ledger states such a day up to a
 * minute; what came in later is in some stores and not yet in others, so it is left out of all of
 * them. Which of a day's later records count nevertheless, because they are of another dataset,
 * Kafka's headers say.
 *
 * <p>What holds each record, or the sales of each minute, is compared up to that minute; what only
 * holds totals of the day is compared when the day is no longer open. Not thread-safe.
 */
public final class OpenDays {

  private final TreeMap<LocalDate, Map<String, Instant>> days = new TreeMap<>();

  /** No day is open. */
  public static OpenDays none() {
    return new OpenDays();
  }

  /**
   * Adds a day.
   *
   * @param until the ledger states the dataset's records of the day before this instant
   */
  public void add(LocalDate day, String dataset, Instant until) {
    days.computeIfAbsent(day, d -> new HashMap<>()).put(dataset, until);
  }

  /** Those that are open. */
  public SortedSet<LocalDate> days() {
    return new TreeSet<>(days.keySet());
  }

  /** Whether a day is open. */
  public boolean contains(LocalDate day) {
    return days.containsKey(day);
  }

  /** Takes each dataset of each day, with the instant before which the ledger states it. */
  public void forEach(Reader reader) {
    days.forEach(
        (day, datasets) -> datasets.forEach((dataset, until) -> reader.take(day, dataset, until)));
  }

  /** The end of a day in the westernmost zone, as the store's is not known here. */
  public static Instant latestEnd(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.MIN).toInstant();
  }

  /** Takes a dataset of a day that is open. */
  public interface Reader {
    /** Takes it. */
    void take(LocalDate day, String dataset, Instant until);
  }
}
