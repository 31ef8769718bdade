package io.furnistream.stack;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** How much of the stack runs. */
public enum Profile {
  /** Streaming and stores, without Airflow and Superset. */
  CORE,
  /** All that there is: Airflow runs the jobs, Superset shows the store. */
  FULL;

  private static final Set<String> CORE_SERVICES =
      Set.of(
          PostgresService.NAME,
          KafkaService.NAME,
          RegistryService.NAME,
          CassandraService.NAME,
          ConnectService.NAME,
          AggregatesService.NAME);

  /** The names of its services. */
  public Set<String> services() {
    Set<String> services = new TreeSet<>(CORE_SERVICES);
    if (this == FULL) {
      services.addAll(AirflowService.NAMES);
      services.add(SupersetService.NAME);
    }
    return services;
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
