package io.furnistream.command;

import io.furnistream.cli.Endpoints;
import io.furnistream.stack.Profile;
import io.furnistream.stack.Stack;
import io.furnistream.stack.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;

/** Tells where to look. */
final class Links {

  private Links() {}

  static void print(StateFolder folder, Stack stack, PrintWriter out) throws IOException {
    Endpoints endpoints = stack.endpoints();
    out.println();
    out.println("Where to look");
    out.println("  Kafka            " + endpoints.bootstrapServers());
    out.println("  Schema registry  " + endpoints.registryUrl() + "/subjects");
    out.println("  Kafka Connect    " + endpoints.connectUrl() + "/connectors?expand=status");
    out.println(
        "  Cassandra        " + endpoints.cassandraContactPoints() + ", keyspace furniture");
    out.println("  PostgreSQL       " + endpoints.postgresUrl() + ", schema daily_report");
    boolean full = Stack.rememberedProfile(folder) == Profile.FULL;
    if (full) {
      out.println(
          "  Airflow          " + stack.airflow().url() + ", user " + stack.airflow().user());
      out.println(
          "  Superset         " + stack.superset().url() + ", user " + stack.superset().user());
    }
    out.println("  Passwords        " + folder.secrets() + " (REPORT_READER_URL opens PostgreSQL)");
    if (full) {
      out.println("                   AIRFLOW_ADMIN_PASSWORD there opens Airflow,");
      out.println("                   SUPERSET_ADMIN_PASSWORD Superset");
    }
    out.flush();
  }
}
