package io.furnistream.stores.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
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
 *     the store's currency with four decimals, and id_checksum, the sum of all ids modulo 2^128 in
 *     hexadecimal
 * @param files the day's files
 * @param moved what differs from the revision before
 */
public record DayManifest(
    String format,
    String day,
    int revision,
    Map<String, String> figures,
    List<ManifestFile> files,
    List<Move> moved) {

  /** The {@code format} of every manifest of this shape. */
  public static final String FORMAT = "furnistream.day/1";

  /** The suffix of a manifest's name, after the day. */
  public static final String SUFFIX = ".manifest.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A manifest of a day, with nothing moved. */
  public static DayManifest of(
      LocalDate day, int revision, Map<String, String> figures, List<ManifestFile> files) {
    return new DayManifest(FORMAT, day.toString(), revision, figures, files, List.of());
  }

  /** The path of the day's manifest in the export folder. */
  public static String path(LocalDate day) {
    return day + SUFFIX;
  }

  /**
   * Reads the manifest of a day; empty when the file is not one of that day.
   *
   * @throws IOException when the file cannot be read
   */
  public static Optional<DayManifest> read(Path file, LocalDate day) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return parse(Files.readString(file)).filter(manifest -> manifest.day.equals(day.toString()));
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }

  /** Reads a manifest back; empty when the text is not one. */
  public static Optional<DayManifest> parse(String text) {
    try {
      DayManifest manifest = JSON.readValue(text, DayManifest.class);
      return manifest != null
              && FORMAT.equals(manifest.format)
              && manifest.day != null
              && manifest.figures != null
              && manifest.files != null
              && manifest.files.stream().allMatch(file -> file != null && file.isComplete())
              && manifest.moved != null
          ? Optional.of(manifest)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The manifest as a JSON document that ends its last line. */
  public String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest is plain data", e);
    }
  }

  /** What it states about the file of this path. */
  public Optional<ManifestFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** Whether both state the same figures and the same rows. */
  public boolean saysTheSameAs(DayManifest other) {
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
  public DayManifest movedFrom(DayManifest before, Map<String, String> damaged) {
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
