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

  /** Arrays, since this is iterated once per record. */
  private final BoundRule<R>[] rules;

  private final Clock clock;
  private final Optional<Failure> ofSchema;

  /**
   * Binds rules.
   *
   * @param keyForm null when the records have no key that rules could look into
   */
  BoundRules(List<Rule> rules, RecordForm<R> form, RecordForm<R> keyForm, Clock clock) {
    this.rules =
        rules.stream().map(rule -> BoundRule.of(rule, form, keyForm)).toArray(BoundRules::array);
    this.clock = clock;
    this.ofSchema = rules.stream().flatMap(rule -> ofSchema(rule, form).stream()).findFirst();
  }

  /**
   * The first rule, in the order of the file, that the records' schema breaks, and with it every
   * record, whatever its values; empty when the schema is as the rules ask, or there is none.
   */
  public Optional<Failure> checkSchema() {
    return ofSchema;
  }

  /** Judges a record without its key: no rule needs it. */
  public Optional<Failure> check(R record) {
    return check(record, null, null);
  }

  /** Judges a record whose partition is not known. */
  public Optional<Failure> check(R record, R key) {
    return check(record, key, null);
  }

  /**
   * The first rule that the record breaks: of those about the schema, then of those about the
   * values, each in the order of the file. Empty when it is sound.
   *
   * @param key null when the record has none: what a rule asks of it is not asked then
   * @param partition the one in which the record lies, from 0; null when that is not known: what a
   *     rule asks of it is not asked then
   */
  public Optional<Failure> check(R record, R key, Integer partition) {
    if (ofSchema.isPresent()) {
      return ofSchema;
    }
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
      for (BoundRelation<R> relation : bound.relations) {
        String complaint = relation.complaint(value, record, key, partition);
        if (complaint != null) {
          return Optional.of(bound.rule.failure(complaint));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> ofSchema(Rule rule, RecordForm<?> form) {
    return Optional.ofNullable(rule.complaintOfSchema(form.declares(rule.field())))
        .map(rule::failure);
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
    private final List<BoundRelation<R>> relations;

    private BoundRule(Rule rule, FieldReader<R> reader, List<BoundRelation<R>> relations) {
      this.rule = rule;
      this.reader = reader;
      this.required = rule.required();
      this.checks = rule.checks().toArray(Check[]::new);
      this.relations = relations;
    }

    static <R> BoundRule<R> of(Rule rule, RecordForm<R> form, RecordForm<R> keyForm) {
      return new BoundRule<>(
          rule,
          form.reader(rule.field()),
          rule.relations().stream()
              .filter(relation -> keyForm != null || relation.to() != Relation.To.KEY)
              .map(relation -> BoundRelation.of(relation, form, keyForm))
              .toList());
    }
  }

  private record BoundRelation<R>(Relation relation, FieldReader<R> reader) {

    static <R> BoundRelation<R> of(Relation relation, RecordForm<R> form, RecordForm<R> keyForm) {
      FieldReader<R> reader =
          switch (relation.to()) {
            case BESIDE -> form.reader(relation.other());
            case KEY -> keyForm.reader(relation.other());
            case PARTITION -> null;
          };
      return new BoundRelation<>(relation, reader);
    }

    String complaint(Object value, R record, R key, Integer partition) {
      return switch (relation.to()) {
        case BESIDE -> relation.agreement().complaint(value, reader.read(record));
        case KEY -> key == null ? null : relation.agreement().complaint(value, reader.read(key));
        case PARTITION ->
            partition == null ? null : relation.agreement().complaint(value, partition);
      };
    }
  }
}
