package io.furnistream.datagen.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A way to spoil a sale so that every store refuses it.
 *
 * @param name what is wrong with it, for the record's header
 * @param rule the rule that it breaks, or {@link io.furnistream.schemas.Faults#UNREADABLE}
 * @param spoiling makes a sound sale, as it would be sent, into what is sent instead
 */
record Poison(String name, String rule, UnaryOperator<Message> spoiling) {

  /** Every way there is. */
  static List<Poison> all(Formats formats) {
    List<Poison> all = new ArrayList<>();
    for (Poison ofKey : BrokenRules.ofKeys(formats)) {
      all.add(ofKey);
      all.add(ofKey.asTombstone());
    }
    all.addAll(BrokenRules.ofValues(formats));
    all.addAll(Unreadable.of(formats));
    return List.copyOf(all);
  }

  private Poison asTombstone() {
    return new Poison(
        name + " of a tombstone", rule, sound -> spoiling.apply(sound).withValue(null));
  }
}
