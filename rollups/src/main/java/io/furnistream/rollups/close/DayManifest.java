package io.furnistream.rollups.close;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.furnistream.schemas.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a closed day's files hold. Nothing in it depends on when or where it was written.
 *
 * @param format names this document
 * @param day the store's own day
 * @param revision 1, and one more each time that the data had changed
 * @param figures records, distinct customers and orders, quantity in pieces, revenue and profit in
 *     the store's currency with four decimals, and the sum of all ids modulo 2^128 in hexadecimal
 * @param files the day's files
 * @param moved what differs from the revision before
 */
record DayManifest(
    String format,
    String day,
    int revision,
    Map<String, String> figures,
    List<ManifestFile> files,
    List<Move> moved) {

  static final String FORMAT = "furnistream.day/1";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static DayManifest of(DayTotals totals, int revision, List<ManifestFile> files) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("records", Long.toString(totals.records()));
    figures.put("customers", Long.toString(totals.customers()));
    figures.put("orders", Long.toString(totals.orders()));
    figures.put("quantity", Long.toString(totals.quantity()));
    figures.put("revenue", totals.revenue().setScale(Money.SCALE).toPlainString());
    figures.put("profit", totals.profit().setScale(Money.SCALE).toPlainString());
    figures.put("idChecksum", totals.idChecksum().toString());
    return new DayManifest(FORMAT, totals.day().toString(), revision, figures, files, List.of());
  }

  /** Reads a manifest back; empty when the text is none. */
  static Optional<DayManifest> parse(String text) {
    try {
      DayManifest manifest = JSON.readValue(text, DayManifest.class);
      return manifest != null
              && FORMAT.equals(manifest.format)
              && manifest.day != null
              && manifest.figures != null
              && manifest.files != null
              && manifest.moved != null
          ? Optional.of(manifest)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest is plain data", e);
    }
  }

  Optional<ManifestFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  boolean saysTheSameAs(DayManifest other) {
    return figures.equals(other.figures)
        && files.size() == other.files.size()
        && files.stream()
            .allMatch(file -> other.file(file.path()).filter(file::saysTheSameAs).isPresent());
  }

  /**
   * This manifest with what differs from the one before.
   *
   * @param damaged paths of files that were not as the one before states
   */
  DayManifest movedFrom(DayManifest before, Map<String, String> damaged) {
    List<Move> moves = new ArrayList<>();
    figures.forEach(
        (figure, value) -> {
          String was = before.figures.get(figure);
          if (!Objects.equals(was, value)) {
            moves.add(new Move(figure, was, value));
          }
        });
    for (ManifestFile file : files) {
      Optional<ManifestFile> was = before.file(file.path());
      if (damaged.containsKey(file.path())) {
        moves.add(new Move(file.path(), damaged.get(file.path()), file.sha256()));
      } else if (was.filter(file::saysTheSameAs).isEmpty()) {
        moves.add(new Move(file.path(), was.map(ManifestFile::sha256).orElse(null), file.sha256()));
      }
    }
    return new DayManifest(format, day, revision, figures, files, moves);
  }
}
