package io.furnistream.datagen.sink;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where sales are to be written: a file, or standard output. */
public final class SinkTarget {

  /** Stands for standard output. */
  static final String STANDARD_OUTPUT = "-";

  /** Null for standard output. */
  private final Path file;

  private final Format format;
  private final boolean overwrite;

  private SinkTarget(Path file, Format format, boolean overwrite) {
    this.file = file;
    this.format = format;
    this.overwrite = overwrite;
  }

  /**
   * The target of this name.
   *
   * @param name a file's, or {@code -}
   * @param overwrite whether the file may be there already
   * @return empty when the name does not say which format
   */
  static Optional<SinkTarget> of(String name, boolean overwrite) {
    if (name.equals(STANDARD_OUTPUT)) {
      return Optional.of(new SinkTarget(null, Format.CSV, overwrite));
    }
    try {
      Path file = Path.of(name).toAbsolutePath().normalize();
      return Format.of(name).map(format -> new SinkTarget(file, format, overwrite));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether sales go to standard output, which must then hold nothing else. */
  public boolean isStandardOutput() {
    return file == null;
  }

  /**
   * Begins to write.
   *
   * @throws CannotRunException when the file is there and may not be overwritten, or its folder is
   *     not there
   * @throws IOException when nothing can be written there
   */
  public Sink open() throws IOException {
    if (isStandardOutput()) {
      return new StandardOutput();
    }
    requirePlace();
    return new FileSink(file, format, overwrite);
  }

  /** What to tell of a failure to write. */
  public CannotRunException cannotWrite(IOException error) {
    return new CannotRunException(
        isStandardOutput()
            ? "Standard output takes no more (%s). What was written is not whole; run the same command again."
                .formatted(error)
            : "The sales cannot be written to %s (%s). Make room there, or name a file that can be written with --sink."
                .formatted(file, error),
        error);
  }

  private void requirePlace() {
    if (!Files.isDirectory(file.getParent())) {
      throw new CannotRunException(
          "There is no folder %s. Make it, or name a file in another with --sink."
              .formatted(file.getParent()));
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!overwrite) {
      throw new CannotRunException(
          "%s is there already. Name another file with --sink, or add --overwrite to replace it."
              .formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new CannotRunException(
          "%s is no file that could be replaced. Name another with --sink.".formatted(file));
    }
  }
}
