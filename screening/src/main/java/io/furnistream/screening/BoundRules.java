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

  /** Arrays, since this is walked through once a record. */
  private final BoundRule<R>[] rules;

  private final Clock clock;

  BoundRules(List<Rule> rules, RecordForm<R> form, Clock clock) {
    this.rules = rules.stream().map(rule -> BoundRule.of(rule, form)).toArray(BoundRules::array);
    this.clock = clock;
  }

  /** The first rule, in the order of the file, that the record breaks; empty when it is sound. */
  public Optional<Failure> check(R record) {
    for (BoundRule<R> bound : rules) {
      Object value = bound.reader.read(record);
      if (value == null) {
        if (bound.required) {
          return Optional.of(bound.rule.failure("is missing"));
        }
        continue;
      }
      for (Check check : bound.checks) {
        String complaint = check.complaint(value, clock);
        if (complaint != null) {
          return Optional.of(bound.rule.failure(complaint));
        }
      }
    }
    return Optional.empty();
  }

  @SuppressWarnings("unchecked") // no array of a type with a parameter can be made otherwise
  private static <R> BoundRule<R>[] array(int length) {
    return (BoundRule<R>[]) new BoundRule<?>[length];
  }

  private static final class BoundRule<R> {

    private final Rule rule;
    private final FieldReader<R> reader;
    private final boolean required;
    private final Check[] checks;

    private BoundRule(Rule rule, FieldReader<R> reader) {
      this.rule = rule;
      this.reader = reader;
      this.required = rule.required();
      this.checks = rule.checks().toArray(Check[]::new);
    }

    static <R> BoundRule<R> of(Rule rule, RecordForm<R> form) {
      return new BoundRule<>(rule, form.reader(rule.field()));
    }
  }
}
