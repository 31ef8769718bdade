package io.furnistream.aggregates.reading;

import io.furnistream.screening.Failure;
import org.apache.kafka.common.errors.SerializationException;

/** A record that can be read and breaks a rule: a fault of the data, as bytes that are not Avro. */
public final class UnsoundRecordException extends SerializationException {

  private static final long serialVersionUID = 1L;

  private final String rule;

  UnsoundRecordException(Failure failure) {
    super(failure.message());
    this.rule = failure.rule();
  }

  /** Name of the rule. */
  public String rule() {
    return rule;
  }
}
