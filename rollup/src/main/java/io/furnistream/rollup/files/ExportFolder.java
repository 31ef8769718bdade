package io.furnistream.rollup.files;

import io.furnistream.cli.CannotRunException;
import io.furnistream.parquet.FileFooter;
import io.furnistream.stores.export.DayManifest;
import io.furnistream.stores.export.Hashes;
import io.furnistream.stores.export.ManifestFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of the closed days, while one process writes to it.
 *
 * <p>A day's files are drafted in a hidden folder. When all are on the disk the new manifest is put
 * next to them: from then on the day is decided, and the next process to open the folder completes
 * what a killed one could not. Without that manifest, drafts are discarded. The manifest's file
 * moves last.
 */
public final class ExportFolder implements AutoCloseable {

  private static final String DRAFTS = ".furnistream-drafts";
  private static final String LOCK = ".furnistream-lock";
  private static final String DECIDED = "decided.json";

  private final Path root;
  private final Path drafts;
  private final FileChannel lock;

  private ExportFolder(Path root, FileChannel lock) {
    this.root = root;
    this.drafts = root.resolve(DRAFTS);
    this.lock = lock;
  }

  /**
   * Opens the folder, creates it when there is none, and completes what a killed process left.
   *
   * @throws CannotRunException when another process writes to it
   */
  public static ExportFolder open(Path root) throws IOException {
    Files.createDirectories(root);
    FileChannel lock =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!isLocked(lock)) {
        throw new CannotRunException(
            "Another `furnistream rollup` writes to %s. Wait until it has ended.".formatted(root));
      }
      ExportFolder folder = new ExportFolder(root, lock);
      folder.recover();
      return folder;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Where the day's new files are drafted, each under its own path. */
  public Path drafts() {
    return drafts;
  }

  /** For what does not fit in memory. */
  public Path spill() {
    return drafts.resolve("spill");
  }

  /**
   * The day's manifest.
   *
   * @throws CannotRunException when a file of its name is not a manifest of that day
   */
  public Optional<DayManifest> manifest(LocalDate day) throws IOException {
    Path file = root.resolve(DayManifest.path(day));
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<DayManifest> manifest = DayManifest.read(file, day);
    if (manifest.isEmpty()) {
      throw notOurs(file);
    }
    return manifest;
  }

  /**
   * Files of the day that are missing, or differ from the manifest, with the hash that they have
   * (null when missing).
   *
   * @throws CannotRunException when one of them was not written by a rollup
   */
  public Map<String, String> damaged(LocalDate day, Optional<DayManifest> manifest)
      throws IOException {
    Map<String, String> damaged = new LinkedHashMap<>();
    for (FileSchema<?> schema : FileSchema.ALL) {
      String path = schema.path(day);
      Path file = root.resolve(path);
      Optional<ManifestFile> stated = manifest.flatMap(m -> m.file(path));
      if (!Files.exists(file)) {
        stated.ifPresent(s -> damaged.put(path, null));
        continue;
      }
      if (stated.isEmpty() || !Files.isRegularFile(file)) {
        throw notOurs(file);
      }
      String hash = Hashes.sha256(file);
      if (!hash.equals(stated.get().sha256())) {
        if (!isOurs(file, schema, day)) {
          throw notOurs(file);
        }
        damaged.put(path, hash);
      }
    }
    return damaged;
  }

  /**
   * Puts the drafted files, which are on the disk, and then the manifest in their places. Once that
   * is decided, what cannot be moved is left to the next process that opens the folder.
   */
  public void publish(DayManifest manifest) throws IOException {
    for (ManifestFile file : manifest.files()) {
      Path folder = root.resolve(file.path()).getParent();
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) { // better known now than after some files have moved
        throw new AccessDeniedException(folder.toString());
      }
    }
    Path draft = drafts.resolve(DECIDED + ".draft");
    Files.writeString(draft, manifest.json());
    Disk.sync(draft);
    for (ManifestFile file : manifest.files()) {
      Disk.sync(drafts.resolve(file.path()).getParent());
    }
    Disk.move(draft, drafts.resolve(DECIDED));
    carryOut(manifest);
  }

  /** Discards the drafts, unless they are decided. */
  public void clear() throws IOException {
    if (!Files.exists(drafts.resolve(DECIDED))) {
      Disk.delete(drafts);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void recover() throws IOException {
    Path decided = drafts.resolve(DECIDED);
    if (Files.exists(decided)) {
      DayManifest manifest =
          DayManifest.parse(Files.readString(decided)).orElseThrow(() -> notOurs(decided));
      carryOut(manifest);
    }
    clear();
  }

  private void carryOut(DayManifest manifest) throws IOException {
    for (ManifestFile file : manifest.files()) {
      Path draft = drafts.resolve(file.path());
      if (Files.exists(draft)) { // else it had moved before the process was killed
        Disk.move(draft, root.resolve(file.path()));
      }
    }
    Disk.move(
        drafts.resolve(DECIDED), root.resolve(DayManifest.path(LocalDate.parse(manifest.day()))));
  }

  private static boolean isOurs(Path file, FileSchema<?> schema, LocalDate day) {
    try {
      Map<String, String> metadata = FileFooter.metadata(file);
      return schema.name().equals(metadata.get(FileWriter.SCHEMA))
          && day.toString().equals(metadata.get(FileWriter.DAY));
    } catch (IOException | RuntimeException e) {
      return false; // what cannot be read as Parquet must not be overwritten
    }
  }

  private static CannotRunException notOurs(Path file) {
    return new CannotRunException(
        "%s is nothing that a rollup wrote, or no longer is, and is not overwritten. Move it away, or name another folder with --export."
            .formatted(file));
  }
}
