package io.furnistream.verify.records;

import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.FaultOrigin;
import io.furnistream.schemas.Faults;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.records.Refusals.Refusal;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the runs of the ledger say of records that they wrote so that every store refuses them. A
 * day of which they say anything must have exactly those refused records. The records stay in the
 * topic when a run is replaced by another, so what each run said stays too. Not thread-safe.
 */
public final class Announced {

  private static final int NAMED = 5;

  private final DayRange range;
  private final Map<FaultOrigin, RunLedger> runs = new HashMap<>();
  private final Set<FaultOrigin> unfinished = new HashSet<>();

  /**
   * Nothing yet.
   *
   * @param range the days that are compared; what is said of others tells their records apart
   */
  Announced(DayRange range) {
    this.range = range;
  }

  /** Takes the next entry of the ledger, of whatever day. */
  void put(RunLedgerKey key, RunLedger entry) {
    FaultOrigin run = new FaultOrigin(key.getDataset(), key.getTsDate(), entry.getRunId());
    runs.remove(run);
    unfinished.remove(run);
    if (!Ledger.COMPLETE.equals(entry.getStatus())) {
      unfinished.add(run);
    } else if (entry.getRefused() != null) {
      runs.put(run, entry);
    }
  }

  /**
   * Compares this with what was refused.
   *
   * @return an error for each day that has other refused records than it should, and a warning that
   *     says how many there are in all; nothing where none was refused and none should be
   */
  public List<Problem> compare(Refusals refusals) {
    NavigableMap<LocalDate, Day> days = new TreeMap<>();
    runs.forEach((run, entry) -> days.computeIfAbsent(run.day(), Day::new).expect(entry));
    for (Refusal refusal : refusals.all()) {
      dayOf(refusal)
          .map(days::get)
          .ifPresent(
              day -> day.found(refusal, refusal.origin().map(runs::containsKey).orElse(false)));
    }
    List<Problem> problems = new ArrayList<>();
    if (!refusals.isEmpty()) {
      long asSaid =
          days.values().stream().filter(Day::agrees).mapToLong(day -> day.found.size()).sum();
      problems.add(summary(refusals, asSaid));
    }
    days.values().stream()
        .filter(day -> range.contains(day.day) && !day.agrees())
        .map(day -> Problem.error(day.day, day.inWords()))
        .forEach(problems::add);
    return problems;
  }

  /**
   * The day that a refused record counts for; empty for one of a run that failed, of which the
   * ledger does not know how many it wrote.
   */
  private Optional<LocalDate> dayOf(Refusal refusal) {
    Optional<FaultOrigin> origin = refusal.origin();
    if (origin.filter(unfinished::contains).isPresent()) {
      return Optional.empty();
    }
    // What a header says of a run that said nothing of the kind is not believed.
    return Optional.of(
        origin.filter(runs::containsKey).map(FaultOrigin::day).orElse(refusal.day()));
  }

  private static Problem summary(Refusals refusals, long asSaid) {
    return Problem.warning(
        "%d records of %s are screened out and count nowhere%s, by rule %s (the first: %s). Look for them in %s, and in %s or %s"
            .formatted(
                refusals.count(),
                Topic.DAILY_RECORDS.topicName(),
                asSaid == 0 ? "" : ", " + asSaid + " of them as the ledger says",
                refusals.byRule(),
                refusals.first(),
                DeadLetterTopics.AGGREGATES,
                DeadLetters.QUARANTINE,
                DeadLetterTopics.RAW_RECORDS));
  }

  /** The refused records of one day: what the ledger says of them, and what was found. */
  private static final class Day {

    private final LocalDate day;
    private final SortedMap<String, Long> expectedByRule = new TreeMap<>();
    private final List<Refusal> found = new ArrayList<>();
    private final List<Refusal> unannounced = new ArrayList<>();
    private long expected;
    private boolean isByRule = true;

    Day(LocalDate day) {
      this.day = day;
    }

    void expect(RunLedger entry) {
      expected += entry.getRefused();
      Optional<Faults> faults = faults(entry);
      isByRule &= faults.isPresent();
      faults.ifPresent(
          stated ->
              stated
                  .refused()
                  .forEach((rule, records) -> expectedByRule.merge(rule, records, Long::sum)));
    }

    void found(Refusal refusal, boolean isOfARun) {
      found.add(refusal);
      if (!isOfARun) {
        unannounced.add(refusal);
      }
    }

    /** A producer that is not ours may state a number alone: that is compared then. */
    private static Optional<Faults> faults(RunLedger entry) {
      if (entry.getFaults() == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(Faults.parse(entry.getFaults()))
            .filter(stated -> stated.allRefused() == entry.getRefused());
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    boolean agrees() {
      return found.size() == expected && (!isByRule || foundByRule().equals(expectedByRule));
    }

    private SortedMap<String, Long> foundByRule() {
      return found.stream()
          .collect(Collectors.groupingBy(Refusal::rule, TreeMap::new, Collectors.counting()));
    }

    String inWords() {
      return "%s: the ledger says that %d records are refused%s; %d are, by rule %s. %s"
          .formatted(
              day,
              expected,
              isByRule ? ", by rule " + expectedByRule : "",
              found.size(),
              foundByRule(),
              advice());
    }

    private String advice() {
      List<Refusal> suspects = unannounced.isEmpty() ? beyondWhatIsSaid() : unannounced;
      if (suspects.isEmpty()) {
        return "A record that should be refused was not written, was deleted, or counts: see the day's differences, and run the dataset again";
      }
      return "%s (%s): look for them in %s, and in %s or %s. Where they are to stay, state them in an entry of %s for this day, in its field refused"
          .formatted(
              unannounced.isEmpty()
                  ? "Headers of more of them than it says name a run of it"
                  : "It does not know of %d of them".formatted(unannounced.size()),
              suspects.stream()
                  .limit(NAMED)
                  .map(Refusal::inWords)
                  .collect(Collectors.joining("; ")),
              DeadLetterTopics.AGGREGATES,
              DeadLetters.QUARANTINE,
              DeadLetterTopics.RAW_RECORDS,
              Topic.RUN_LEDGER.topicName());
    }

    /** Those of the rules that too many break, or all where it is not said how many break each. */
    private List<Refusal> beyondWhatIsSaid() {
      SortedMap<String, Long> byRule = foundByRule();
      return found.stream()
          .filter(
              refusal ->
                  isByRule
                      ? byRule.get(refusal.rule()) > expectedByRule.getOrDefault(refusal.rule(), 0L)
                      : found.size() > expected)
          .toList();
    }
  }
}
