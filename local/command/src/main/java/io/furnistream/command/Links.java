package io.furnistream.command;

import io.furnistream.cli.Endpoints;
import io.furnistream.stack.StateFolder;
import java.io.PrintWriter;

/** Tells where to look. */
final class Links {

  private Links() {}

  static void print(StateFolder folder, Endpoints endpoints, PrintWriter out) {
    out.println();
    out.println("Where to look");
    out.println("  Kafka            " + endpoints.bootstrapServers());
    out.println("  Schema registry  " + endpoints.registryUrl() + "/subjects");
    out.println("  Kafka Connect    " + endpoints.connectUrl() + "/connectors?expand=status");
    out.println(
        "  Cassandra        " + endpoints.cassandraContactPoints() + ", keyspace furniture");
    out.println("  PostgreSQL       " + endpoints.postgresUrl() + ", schema daily_report");
    out.println("  Passwords        " + folder.secrets() + " (REPORT_READER_URL opens PostgreSQL)");
    out.flush();
  }
}
