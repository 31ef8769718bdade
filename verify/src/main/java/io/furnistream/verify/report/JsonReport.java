package io.furnistream.verify.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.verify.tables.Cell;
import io.furnistream.verify.tables.Column;
import io.furnistream.verify.tables.ComparedTable;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.Problem;
import java.time.LocalDate;
import java.util.function.Function;

/**
 * The report as one JSON document. Counts are numbers; amounts are strings with four decimals,
 * because a JSON number is a float to most who read it; what a store cannot state is null.
 */
public final class JsonReport {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Report report;

  /** A report as JSON. */
  public JsonReport(Report report) {
    this.report = report;
  }

  /** The document, over several lines. */
  public String text() {
    try {
      return MAPPER.writeValueAsString(document());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values is always JSON", e);
    }
  }

  /** The document. */
  public ObjectNode document() {
    ObjectNode document = NODES.objectNode();
    document.put("ok", report.ok());
    document.set("stores", stores(report::total));
    ArrayNode days = document.putArray("days");
    report.days().forEach(day -> days.add(day(day)));
    ArrayNode tables = document.putArray("tables");
    report.tables().forEach(table -> tables.add(table(table)));
    ObjectNode screened = document.putObject("screened");
    report.screened().forEach(screened::put);
    ArrayNode differences = document.putArray("differences");
    report.differences().forEach(difference -> differences.add(difference(difference)));
    ArrayNode problems = document.putArray("problems");
    report.problems().forEach(problem -> problems.add(problem(problem)));
    return document;
  }

  private ObjectNode stores(Function<String, Figures> figures) {
    ObjectNode stores = NODES.objectNode();
    report.stores().keySet().forEach(name -> stores.set(name, figures(figures.apply(name))));
    return stores;
  }

  private ObjectNode day(LocalDate day) {
    ObjectNode node = NODES.objectNode();
    node.put("ts_date", day.toString());
    node.put("ok", report.ok(day));
    node.set("stores", stores(name -> report.stores().get(name).on(day)));
    return node;
  }

  private static ObjectNode figures(Figures figures) {
    ObjectNode node = NODES.objectNode();
    for (Column column : Column.values()) {
      Object value = column.of(figures);
      if (value instanceof Long count) {
        node.put(column.text(), count);
      } else {
        node.put(column.text(), value == null ? null : Cell.text(value));
      }
    }
    return node;
  }

  private static ObjectNode table(ComparedTable table) {
    return NODES
        .objectNode()
        .put("name", table.name())
        .put("rows", table.rows())
        .put("agree", table.agreeing());
  }

  private static ObjectNode difference(Difference difference) {
    return NODES
        .objectNode()
        .put("ts_date", difference.day().toString())
        .put("store", difference.store())
        .put("row", difference.row())
        .put("column", difference.column())
        .put("expected", difference.expected())
        .put("found", difference.found())
        .put("difference", difference.difference())
        .put("query", ShowingQuery.of(difference).orElse(null));
  }

  private static ObjectNode problem(Problem problem) {
    return NODES
        .objectNode()
        .put("severity", problem.severity().text())
        .put("ts_date", problem.day() == null ? null : problem.day().toString())
        .put("message", problem.message());
  }
}
