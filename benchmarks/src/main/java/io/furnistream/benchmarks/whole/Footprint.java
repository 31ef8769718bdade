package io.furnistream.benchmarks.whole;

import io.furnistream.benchmarks.MeasuredProcess;
import io.furnistream.stack.state.StateFolder;
import io.furnistream.stack.supervisor.ServiceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What services hold of the machine.
 *
 * @param residentBytes the most resident memory that the service's process had, by service
 * @param diskBytes of its files, by service
 */
record Footprint(Map<String, Long> residentBytes, Map<String, Long> diskBytes) {

  /** Files come and go while they are looked at. */
  private static final int MOST_ATTEMPTS = 5;

  static Footprint of(List<ServiceStatus> services, StateFolder folder) throws IOException {
    Map<String, Long> resident = new TreeMap<>();
    Map<String, Long> disk = new TreeMap<>();
    for (ServiceStatus service : services) {
      resident.put(service.name(), MeasuredProcess.peakBytes(Long.toString(service.pid())));
      disk.put(service.name(), bytes(folder.data(service.name())));
    }
    return new Footprint(resident, disk);
  }

  private static long bytes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    for (int attempt = 1; ; attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.mapToLong(Footprint::size).sum();
      } catch (UncheckedIOException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e.getCause();
        }
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
