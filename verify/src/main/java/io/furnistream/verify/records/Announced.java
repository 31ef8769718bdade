package io.furnistream.verify.records;

import io.furnistream.schemas.DeadLetterTopics;
import io.furnistream.schemas.FaultOrigin;
import io.furnistream.schemas.Faults;
import io.furnistream.schemas.RunLedger;
import io.furnistream.schemas.RunLedgerKey;
import io.furnistream.schemas.Topic;
import io.furnistream.verify.records.Refusals.Group;
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

  private static final String WHERE =
      "%s, and in %s or %s"
          .formatted(DeadLetterTopics.AGGREGATES, Quarantine.TABLE, DeadLetterTopics.RAW_RECORDS);

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
    List<Group> unannounced = new ArrayList<>();
    for (Group group : refusals.groups(runs.keySet(), unfinished, range)) {
      if (group.day() == null) {
        unannounced.add(group);
      } else {
        days.get(group.day()).found(group);
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
          unannounced.addAll(day.unannounced());
        } else {
          problems.add(Problem.error(day.day, day.inWords(refusals)));
        }
      }
    }
    if (!unannounced.isEmpty()) {
      problems.add(judge(refusals, unannounced, allowed, records));
    }
    return problems;
  }

  private static Problem judge(
      Refusals refusals, List<Group> unannounced, AllowedRefusals allowed, long records) {
    long count = count(unannounced);
    String what =
        "%d records of %s are refused that no run announced, by rule %s (%s%s)"
            .formatted(
                count,
                Topic.DAILY_RECORDS.topicName(),
                byRule(unannounced),
                String.join("; ", refusals.named(unannounced)),
                count > Refusals.NAMED ? "; …" : "");
    return allowed.allow(count, records)
        ? Problem.warning("%s, as --allow-refused %s allows".formatted(what, allowed.text()))
        : Problem.error(
            null,
            "%s: look for them in %s. If a rule is wrong, correct it and send them again; where they are to stay, state them in an entry of %s for their day, in its field refused, or allow as many with --allow-refused %d"
                .formatted(what, WHERE, Topic.RUN_LEDGER.topicName(), count));
  }

  private static long count(List<Group> groups) {
    return groups.stream().mapToLong(Group::records).sum();
  }

  private static SortedMap<String, Long> byRule(List<Group> groups) {
    return groups.stream()
        .collect(
            Collectors.groupingBy(
                Group::rule, TreeMap::new, Collectors.summingLong(Group::records)));
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
    private final List<Group> found = new ArrayList<>();
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

    void found(Group group) {
      found.add(group);
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
      return !unannounced().isEmpty() && agrees(found.stream().filter(Group::isOfARun).toList());
    }

    List<Group> unannounced() {
      return found.stream().filter(group -> !group.isOfARun()).toList();
    }

    private boolean agrees(List<Group> groups) {
      return count(groups) == expected && (!isByRule || byRule(groups).equals(expectedByRule));
    }

    /** How many of those that were found a run announced, or its day states. */
    long asSaid() {
      return agrees() ? count(found) : agreesButForUnannounced() ? expected : 0;
    }

    String inWords(Refusals refusals) {
      return "%s: the ledger says that %d records are refused%s; %d are, by rule %s. %s"
          .formatted(
              day,
              expected,
              isByRule ? ", by rule " + expectedByRule : "",
              count(found),
              byRule(found),
              advice(refusals));
    }

    private String advice(Refusals refusals) {
      boolean areUnknown = !unannounced().isEmpty();
      List<Group> suspects = areUnknown ? unannounced() : beyondWhatIsSaid();
      if (suspects.isEmpty()) {
        return "A record that should be refused was not written, was deleted, or counts: see the day's differences, and run the dataset again";
      }
      return "%s (%s): look for them in %s. Where they are to stay, state them in an entry of %s for this day, in its field refused"
          .formatted(
              areUnknown
                  ? "It does not know of %d of them".formatted(count(suspects))
                  : "Headers of more of them than it says name a run of it",
              String.join("; ", refusals.named(suspects)),
              WHERE,
              Topic.RUN_LEDGER.topicName());
    }

    /** Those of the rules that too many break, or all where it is not said how many break each. */
    private List<Group> beyondWhatIsSaid() {
      SortedMap<String, Long> byRule = byRule(found);
      return found.stream()
          .filter(
              group ->
                  isByRule
                      ? byRule.get(group.rule()) > expectedByRule.getOrDefault(group.rule(), 0L)
                      : count(found) > expected)
          .toList();
    }
  }
}
