package io.furnistream.screening;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Rules that know how to read the records they judge. Nothing is looked up for each record. Safe
 * for use by several threads if the readers are.
 *
 * @param <R> class of the records
 */
public final class BoundRules<R> {

  private final List<BoundRule<R>> rules;
  private final Clock clock;

  BoundRules(List<Rule> rules, RecordForm<R> form, Clock clock) {
    this.rules =
        rules.stream().map(rule -> new BoundRule<>(rule, form.reader(rule.field()))).toList();
    this.clock = clock;
  }

  /** The first rule, in the order of the file, that the record breaks; empty when it is sound. */
  public Optional<Failure> check(R record) {
    for (BoundRule<R> bound : rules) {
      Rule rule = bound.rule;
      Object value = bound.reader.read(record);
      if (value == null) {
        if (rule.required()) {
          return Optional.of(rule.failure("is missing"));
        }
        continue;
      }
      for (Check check : rule.checks()) {
        String complaint = check.complaint(value, clock);
        if (complaint != null) {
          return Optional.of(rule.failure(complaint));
        }
      }
    }
    return Optional.empty();
  }

  private record BoundRule<R>(Rule rule, FieldReader<R> reader) {}
}
