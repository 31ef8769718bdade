package io.furnistream.screening;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/**
 * The rules of one file, in its order; the folder's README says what a file holds. A record is
 * sound when it breaks none of them. Immutable.
 */
public final class RuleSet {

  private final List<Rule> rules;

  RuleSet(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a rule file. It is read once: what changes in it later changes nothing here.
   *
   * @throws RuleFileException when it cannot be read, or is not a rule file
   */
  public static RuleSet read(Path file) {
    return read(file, RuleNumbers.OF_THE_FILE);
  }

  /**
   * Reads a rule file.
   *
   * @param numbers go before those of the file
   * @throws RuleFileException when it cannot be read, or is not a rule file with these numbers
   */
  public static RuleSet read(Path file, RuleNumbers numbers) {
    try (InputStream json = Files.newInputStream(file)) {
      return read(file.toString(), json, numbers);
    } catch (IOException e) {
      throw new RuleFileException(file + " cannot be read: " + e, e);
    }
  }

  /**
   * Reads a rule file.
   *
   * @param name what messages call it
   * @param json its bytes, UTF-8
   * @throws RuleFileException when it cannot be read, or is not a rule file
   */
  public static RuleSet read(String name, InputStream json) {
    return read(name, json, RuleNumbers.OF_THE_FILE);
  }

  /**
   * Reads a rule file.
   *
   * @param name what messages call it
   * @param json its bytes, UTF-8
   * @param numbers go before those of the file
   * @throws RuleFileException when it cannot be read, or is not a rule file with these numbers
   */
  public static RuleSet read(String name, InputStream json, RuleNumbers numbers) {
    return new RuleSet(RuleFile.read(name, json, numbers));
  }

  /** Names of the rules, in their order. */
  public List<String> names() {
    return rules.stream().map(Rule::name).toList();
  }

  /** Whether a record that is sound stays so: no rule looks at the clock. */
  public boolean isDeterministic() {
    return rules.stream().flatMap(rule -> rule.checks().stream()).noneMatch(Check::looksAtClock);
  }

  /** Whether a rule asks for a field of the record's key. */
  public boolean asksForKey() {
    return rules.stream()
        .flatMap(rule -> rule.relations().stream())
        .anyMatch(relation -> relation.to() == Relation.To.KEY);
  }

  /**
   * The rules, ready to judge records of one form, without what they require of a record's key.
   *
   * @param clock what the rules about now look at
   */
  public <R> BoundRules<R> bind(RecordForm<R> form, Clock clock) {
    return new BoundRules<>(rules, form, null, clock);
  }

  /**
   * The rules, ready to judge records of one form together with their keys.
   *
   * @param keyForm how a record's key is read
   * @param clock what the rules about now look at
   */
  public <R> BoundRules<R> bind(RecordForm<R> form, RecordForm<R> keyForm, Clock clock) {
    return new BoundRules<>(rules, form, Objects.requireNonNull(keyForm), clock);
  }
}
