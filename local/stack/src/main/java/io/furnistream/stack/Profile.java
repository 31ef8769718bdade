package io.furnistream.stack;

import io.furnistream.stack.services.Services;
import java.util.Locale;
import java.util.Set;

/** How much of the stack runs. */
public enum Profile {
  /** Streaming and stores, without Airflow and Superset. */
  CORE,
  /** All that there is: Airflow runs the jobs, Superset shows the store. */
  FULL;

  /** The names of its services. */
  public Set<String> services() {
    return this == FULL ? Services.ALL : Services.CORE;
  }

  /** As {@code --profile} takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The profile of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Profile named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
