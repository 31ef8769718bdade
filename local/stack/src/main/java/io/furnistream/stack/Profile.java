package io.furnistream.stack;

import io.furnistream.stack.services.Services;
import io.furnistream.stack.services.Topology;
import java.util.Locale;
import java.util.Set;

/** How much of the stack runs. */
public enum Profile {
  /** Streaming and stores, without Airflow and Superset. */
  CORE,
  /** All that there is: Airflow runs the jobs, Superset shows the store. */
  FULL,
  /**
   * Streaming and stores as a cluster, whose data outlive the death of any one process of Kafka,
   * Cassandra, Kafka Connect and the aggregates.
   */
  CLUSTER;

  /** The names of its services. */
  public Set<String> services() {
    return switch (this) {
      case CORE -> Services.CORE;
      case FULL -> Services.FULL;
      case CLUSTER -> Services.CLUSTER;
    };
  }

  /** How many processes each service has. */
  Topology topology() {
    return this == CLUSTER ? Topology.CLUSTER : Topology.SINGLE;
  }

  /** Whether a stack of the one can go on as the other, with the data that it has. */
  boolean sharesDataWith(Profile other) {
    return topology() == other.topology();
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
