package io.furnistream.replay.suggest;

import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.source.Rows;
import io.furnistream.replay.source.RowsReader;
import io.furnistream.replay.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;

/** Looks at a file and writes a mapping to start from. */
public final class Suggester {

  private Suggester() {}

  /**
   * A mapping for a file, as YAML; comments say what a person must look at.
   *
   * @throws WrongInputException when the file cannot be read
   */
  public static String suggest(Path path) {
    SourceFile file = SourceFile.of(path);
    RowsReader.Opened opened = new RowsReader().open(file);
    try (Rows rows = opened.rows()) {
      return new Suggestion(Sample.of(path, rows)).yaml(path.getFileName().toString());
    } catch (IOException e) {
      throw new WrongInputException("%s cannot be read: %s.".formatted(path, e), e);
    }
  }
}
