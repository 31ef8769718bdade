package io.furnistream.preview;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/** One JSON document. Values are strings, null for null. */
final class JsonReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /**
   * The document.
   *
   * @param more whether there were further records
   */
  static String of(ConnectorFile connector, List<Preview> previews, boolean more) {
    ObjectNode document = JSON.createObjectNode();
    document.put("connector", connector.name());
    document.put("class", connector.connectorClass());
    ArrayNode records = document.putArray("records");
    previews.forEach(preview -> add(records.addObject(), preview));
    document.put("more", more);
    return document.toPrettyString();
  }

  private static void add(ObjectNode record, Preview preview) {
    record.set("before", cells(preview.before()));
    ArrayNode steps = record.putArray("steps");
    for (Step step : preview.steps()) {
      ObjectNode node = steps.addObject();
      node.put("name", step.name());
      node.put("type", step.type());
      node.put("predicate", step.predicate());
      node.put("outcome", step.outcome().name().toLowerCase(Locale.ROOT));
      node.put("error", step.error());
      node.put("retriable", step.retriable());
      step.notes().forEach(node.putArray("notes")::add);
      ArrayNode changes = node.putArray("changes");
      for (Change change : step.changes()) {
        ObjectNode changed = changes.addObject();
        changed.put("field", change.field());
        changed.put("change", change.kind());
        changed.set("before", cell(change.before()));
        changed.set("after", cell(change.after()));
      }
    }
    record.set("after", preview.after() == null ? null : cells(preview.after()));
    ArrayNode tables = record.putArray("tables");
    for (TableFit table : preview.tables()) {
      ObjectNode node = tables.addObject();
      node.put("table", table.table());
      node.put("fits", table.fits());
      node.put("note", table.note());
      ArrayNode columns = node.putArray("columns");
      for (TableFit.ColumnFit column : table.columns()) {
        ObjectNode added = columns.addObject();
        added.put("column", column.column());
        added.put("source", column.source());
        added.put("type", column.type());
        added.put("primary_key", column.primaryKey());
        added.put("found", column.found());
      }
    }
    record.put("lands", preview.lands());
  }

  private static ObjectNode cells(SinkRecord record) {
    ObjectNode cells = JSON.createObjectNode();
    for (Map.Entry<String, Cell> entry : Cell.of(record).entrySet()) {
      cells.set(entry.getKey(), cell(entry.getValue()));
    }
    return cells;
  }

  private static ObjectNode cell(Cell cell) {
    return cell == null
        ? null
        : JSON.createObjectNode().put("type", cell.type()).put("value", cell.text());
  }
}
