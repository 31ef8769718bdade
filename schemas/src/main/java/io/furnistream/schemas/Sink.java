package io.furnistream.schemas;

import java.util.List;

/** A connector that lands topics in a store; {@code connectors/NAME.json} configures it. */
public enum Sink {
  /** The raw records into Cassandra: they alone are screened, and changed on their way. */
  CASSANDRA_RECORDS("cassandra-daily-records", StoreKind.CASSANDRA),
  /** Every other topic of Cassandra. */
  CASSANDRA_REPORT("cassandra-daily-report", StoreKind.CASSANDRA),
  /** Every topic of PostgreSQL. */
  POSTGRES_REPORT("postgres-daily-report", StoreKind.POSTGRES);

  private final String connector;
  private final StoreKind store;

  Sink(String connector, StoreKind store) {
    this.connector = connector;
    this.store = store;
  }

  /** The connector's name in Connect. */
  public String connector() {
    return connector;
  }

  /** The consumer group in which Connect runs the connector. */
  public String group() {
    return "connect-" + connector;
  }

  /** The store that it writes. */
  public StoreKind store() {
    return store;
  }

  /** The topics that it reads: each topic of a store is read by one of the store's sinks. */
  public List<Topic> topics() {
    return Topic.in(store).stream().filter(this::takes).toList();
  }

  private boolean takes(Topic topic) {
    return switch (this) {
      case CASSANDRA_RECORDS -> topic == Topic.DAILY_RECORDS;
      case CASSANDRA_REPORT -> topic != Topic.DAILY_RECORDS;
      case POSTGRES_REPORT -> true;
    };
  }
}
