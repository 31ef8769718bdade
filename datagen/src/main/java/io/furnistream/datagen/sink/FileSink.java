package io.furnistream.datagen.sink;

import io.furnistream.schemas.DailyRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is there whole or not at all: sales are written to a hidden one beside it, which gets
 * its name once it is on the disk. The hidden one also goes when the process is ended, unless by
 * SIGKILL.
 */
final class FileSink implements Sink {

  private final Path file;
  private final boolean overwrite;
  private final Path draft;
  private final SaleWriter sales;

  /**
   * Begins the file.
   *
   * @param overwrite whether it may be there already
   * @throws IOException when nothing can be written beside it
   */
  FileSink(Path file, Format format, boolean overwrite) throws IOException {
    this.file = file;
    this.overwrite = overwrite;
    this.draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".draft");
    draft.toFile().deleteOnExit();
    try {
      this.sales = format.begin(draft);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  @Override
  public void write(DailyRecord sale) throws IOException {
    sales.write(sale);
  }

  @Override
  public void finish() throws IOException {
    sales.close();
    sync(draft);
    if (overwrite) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.move(draft, file); // fails when one has come meanwhile
    }
    sync(file.getParent());
  }

  @Override
  @SuppressWarnings("EmptyCatch") // what could not be written has been told, and is not wanted
  public void close() {
    try {
      sales.close();
    } catch (IOException | RuntimeException e) {
      // It goes in any case.
    }
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // The end of the process tries again.
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
