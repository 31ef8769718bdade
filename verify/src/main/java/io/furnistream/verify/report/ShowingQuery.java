package io.furnistream.verify.report;

import io.furnistream.schemas.ColumnKind;
import io.furnistream.schemas.PlatformSettings;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import io.furnistream.schemas.TopicColumn;
import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The query by which a person sees what differs, to be pasted into psql, cqlsh or DuckDB. Nothing
 * here runs it.
 */
final class ShowingQuery {

  private static final String FIGURES =
      "SELECT count(*), sum(quantity), sum(revenue), sum(profit) FROM ";

  private ShowingQuery() {}

  /** The query; empty for what no query shows, such as the hash of a file. */
  static Optional<String> of(Difference difference) {
    String[] place = difference.store().split("\\.", 2);
    if (place.length == 1) {
      return difference.row() == null ? figures(difference) : Optional.empty();
    }
    return Stream.of(Topic.values())
        .filter(topic -> topic.topicName().equals(place[1]))
        .findFirst()
        .map(topic -> ofTable(place[0], topic, difference));
  }

  private static Optional<String> figures(Difference difference) {
    String day = "'" + difference.day() + "'";
    return switch (difference.store()) {
      case Comparison.KAFKA ->
          Optional.of(FIGURES + "sale WHERE of_day = " + day + "; -- in verify.duckdb");
      case "cassandra" ->
          Optional.of(
              FIGURES
                  + Topic.DAILY_RECORDS.table().in(StoreKind.CASSANDRA)
                  + " WHERE ts_date = "
                  + day
                  + " AND bucket IN ("
                  + buckets()
                  + ");");
      case "postgres" ->
          Optional.of(
              "SELECT * FROM "
                  + Topic.DAILY_PU_REV.table().in(StoreKind.POSTGRES)
                  + " WHERE ts_date = "
                  + day
                  + ";");
      case "parquet" ->
          Optional.of(FIGURES + "read_parquet('records/" + difference.day() + ".parquet');");
      default -> Optional.empty();
    };
  }

  private static String buckets() {
    return IntStream.range(0, PlatformSettings.current().buckets())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  private static String ofTable(String store, Topic topic, Difference difference) {
    List<String> conditions = new ArrayList<>();
    Optional<TopicColumn> day = topic.table().day();
    boolean isByDate = day.filter(column -> column.kind() == ColumnKind.DATE).isPresent();
    if (isByDate) {
      conditions.add("ts_date = '" + difference.day() + "'");
    }
    List<TopicColumn> key =
        topic.table().key().stream()
            .filter(column -> !(isByDate && column.equals(day.get())))
            .toList();
    for (int i = 0; i < difference.key().size(); i++) {
      conditions.add(
          key.get(i).name() + " = " + literal(store, key.get(i), difference.key().get(i)));
    }
    return "SELECT * FROM %s%s;"
        .formatted(
            relation(store, topic, difference),
            conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
  }

  private static String relation(String store, Topic topic, Difference difference) {
    return switch (store) {
      case "cassandra" -> topic.table().in(StoreKind.CASSANDRA);
      case "postgres" -> topic.table().in(StoreKind.POSTGRES);
      default ->
          "read_parquet('%s/%s.parquet')"
              .formatted(
                  topic == Topic.DAILY_RECORDS ? "records" : "rollups/" + topic.topicName(),
                  difference.day());
    };
  }

  private static String literal(String store, TopicColumn column, String value) {
    boolean isUuid = store.equals("cassandra") && column.name().equals("ts_id");
    return switch (column.kind()) {
      case COUNT, AMOUNT, COORDINATE -> value;
      case TEXT, DATE, INSTANT -> isUuid ? value : "'" + value.replace("'", "''") + "'";
    };
  }
}
