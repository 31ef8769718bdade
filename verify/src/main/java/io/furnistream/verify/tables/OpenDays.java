package io.furnistream.verify.tables;

import io.furnistream.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

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

  private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

  private final TreeMap<LocalDate, Map<String, Instant>> days = new TreeMap<>();
  private final Map<LocalDate, Instant> earliest = new HashMap<>();
  private final Set<UUID> stated = new HashSet<>();

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
    earliest.merge(day, until, (one, other) -> one.isBefore(other) ? one : other);
  }

  /** Those that are open. */
  public SortedSet<LocalDate> days() {
    return new TreeSet<>(days.keySet());
  }

  /** Whether a day is open. */
  public boolean contains(LocalDate day) {
    return days.containsKey(day);
  }

  /**
   * Whether the ledger states a record of Kafka, as far as its day is open; what it states is known
   * from then on.
   *
   * @param dataset which the record's headers name
   */
  public boolean states(LocalDate day, UUID id, Instant ts, Optional<String> dataset) {
    if (!contains(day)) {
      return true;
    }
    Instant until = dataset.map(days.get(day)::get).orElse(Instant.MAX);
    boolean isStated = ts.isBefore(until);
    if (isStated && !ts.isBefore(earliest.get(day))) {
      stated.add(id);
    }
    return isStated;
  }

  /** Whether a record that a store holds is one that the ledger states, by what Kafka has said. */
  public boolean counts(LocalDate day, UUID id, Instant ts) {
    return !contains(day) || ts.isBefore(earliest.get(day)) || stated.contains(id);
  }

  /**
   * Whether a row of a table cannot be compared now.
   *
   * @param key what names the row within its day
   */
  boolean leaveOut(String table, LocalDate day, List<String> key) {
    if (days.isEmpty() || table.equals(Topic.DAILY_RECORDS.topicName())) {
      return false;
    }
    if (table.equals(Topic.RUN_LEDGER.topicName())) {
      return contains(day) && days.get(day).containsKey(key.get(0));
    }
    if (table.equals(Topic.SALES_BY_MINUTE.topicName())) {
      Instant minute = Instant.parse(key.get(0));
      return days.keySet().stream().anyMatch(open -> isOpenIn(open, minute));
    }
    // The latest records are the latest of all days.
    return contains(day) || table.equals(Topic.RECENT_RECORDS.topicName());
  }

  /** Whether a minute is not over by what the ledger states of a day, and may be of it. */
  private boolean isOpenIn(LocalDate day, Instant minute) {
    // The day's end in the westernmost zone, as the store's is not known here.
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.MIN).toInstant();
    return minute.plus(ONE_MINUTE).isAfter(earliest.get(day)) && minute.isBefore(end);
  }
}
