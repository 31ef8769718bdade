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
 * day of which they say anything must have exactly those refused records, and what no run announced
 * is no more than is allowed. The records stay in the topic when a run is replaced by another, so
 * what each run said stays too. Not thread-safe.
 */
public final class Announced {

  private static final int NAMED = 5;
  private static final String WHERE =
      "%s, and in %s or %s"
          .formatted(
              DeadLetterTopics.AGGREGATES, DeadLetters.QUARANTINE, DeadLetterTopics.RAW_RECORDS);

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
   * @param allowed how many may be refused that no run announced, of the days that are compared
   * @param records how many records there are of these days, refused ones included
   * @return an error for each day that has other refused records than it should, one when more than
   *     allowed were not announced, and a warning that says how many there are in all; nothing
   *     where none was refused and none should be
   */
  public List<Problem> compare(Refusals refusals, AllowedRefusals allowed, long records) {
    NavigableMap<LocalDate, Day> days = new TreeMap<>();
    runs.forEach((run, entry) -> days.computeIfAbsent(run.day(), Day::new).expect(entry));
    List<Refusal> unannounced = new ArrayList<>();
    for (Refusal refusal : refusals.all()) {
      LocalDate counted = dayOf(refusal).orElse(null);
      Day day = counted == null ? null : days.get(counted);
      if (day != null) {
        day.found(refusal, refusal.origin().map(runs::containsKey).orElse(false));
      } else if (counted != null && isAsked(counted)) {
        unannounced.add(refusal);
      }
    }
    List<Problem> problems = new ArrayList<>();
    if (!refusals.isEmpty()) {
      long asSaid = days.values().stream().mapToLong(Day::asSaid).sum();
      problems.add(summary(refusals, asSaid));
    }
    for (Day day : days.values()) {
      if (range.contains(day.day) && !day.agrees()) {
        if (day.agreesButForUnannounced()) {
          unannounced.addAll(day.unannounced);
        } else {
          problems.add(Problem.error(day.day, day.inWords()));
        }
      }
    }
    if (!unannounced.isEmpty()) {
      problems.add(judge(unannounced, allowed, records));
    }
    return problems;
  }

  /** All days are asked for, those too that no calendar of a store has: a key may name them. */
  private boolean isAsked(LocalDate day) {
    return range.equals(DayRange.ALL) || range.contains(day);
  }

  private Problem judge(List<Refusal> unannounced, AllowedRefusals allowed, long records) {
    String what =
        "%d records of %s are refused that no run announced, by rule %s (%s%s)"
            .formatted(
                unannounced.size(),
                Topic.DAILY_RECORDS.topicName(),
                byRule(unannounced),
                named(unannounced),
                unannounced.size() > NAMED ? "; …" : "");
    return allowed.allow(unannounced.size(), records)
        ? Problem.warning("%s, as --allow-refused %s allows".formatted(what, allowed.text()))
        : Problem.error(
            null,
            "%s: look for them in %s. If a rule is wrong, correct it and send them again; where they are to stay, state them in an entry of %s for their day, in its field refused, or allow as many with --allow-refused %d"
                .formatted(what, WHERE, Topic.RUN_LEDGER.topicName(), unannounced.size()));
  }

  private static SortedMap<String, Long> byRule(List<Refusal> refusals) {
    return refusals.stream()
        .collect(Collectors.groupingBy(Refusal::rule, TreeMap::new, Collectors.counting()));
  }

  private static String named(List<Refusal> refusals) {
    return refusals.stream().limit(NAMED).map(Refusal::inWords).collect(Collectors.joining("; "));
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
        "%d records of %s are screened out and count nowhere%s, by rule %s (the first: %s). Look for them in %s"
            .formatted(
                refusals.count(),
                Topic.DAILY_RECORDS.topicName(),
                asSaid == 0 ? "" : ", " + asSaid + " of them as the ledger says",
                refusals.byRule(),
                refusals.first(),
                WHERE));
  }

  /** The refused records of one day: what the ledger says of them, and what was found. */
  private static final class Day {

    private final LocalDate day;
    private final SortedMap<String, Long> expectedByRule = new TreeMap<>();
    private final List<Refusal> found = new ArrayList<>();
    private final List<Refusal> announced = new ArrayList<>();
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
      (isOfARun ? announced : unannounced).add(refusal);
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
      return agrees(found);
    }

    /** Whether those agree whose headers name a run; the others are nothing that one said. */
    boolean agreesButForUnannounced() {
      return !unannounced.isEmpty() && agrees(announced);
    }

    private boolean agrees(List<Refusal> refusals) {
      return refusals.size() == expected && (!isByRule || byRule(refusals).equals(expectedByRule));
    }

    /** How many of those that were found a run announced, or its day states. */
    long asSaid() {
      return agrees() ? found.size() : agreesButForUnannounced() ? expected : 0;
    }

    String inWords() {
      return "%s: the ledger says that %d records are refused%s; %d are, by rule %s. %s"
          .formatted(
              day,
              expected,
              isByRule ? ", by rule " + expectedByRule : "",
              found.size(),
              byRule(found),
              advice());
    }

    private String advice() {
      List<Refusal> suspects = unannounced.isEmpty() ? beyondWhatIsSaid() : unannounced;
      if (suspects.isEmpty()) {
        return "A record that should be refused was not written, was deleted, or counts: see the day's differences, and run the dataset again";
      }
      return "%s (%s): look for them in %s. Where they are to stay, state them in an entry of %s for this day, in its field refused"
          .formatted(
              unannounced.isEmpty()
                  ? "Headers of more of them than it says name a run of it"
                  : "It does not know of %d of them".formatted(unannounced.size()),
              named(suspects),
              WHERE,
              Topic.RUN_LEDGER.topicName());
    }

    /** Those of the rules that too many break, or all where it is not said how many break each. */
    private List<Refusal> beyondWhatIsSaid() {
      SortedMap<String, Long> byRule = byRule(found);
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
