package io.furnistream.stack.services;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Started by root it runs as {@value #NAME}, over folders which
 * that user owns; started by any other user it runs as that user.
 */
final class PostgresUser {

  static final String NAME = "nobody";

  private static final int UID = 2;
  private static final int GID = 3;

  private PostgresUser() {}

  static boolean isNeeded() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** The command as PostgreSQL's user. */
  static List<String> wrap(List<String> command) throws IOException {
    if (!isNeeded()) {
      return command;
    }
    List<String> wrapped =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + passwdField(UID),
                "--regid=" + passwdField(GID),
                "--clear-groups"));
    wrapped.addAll(command);
    return wrapped;
  }

  /** Gives a file or folder, with all that is in it, to PostgreSQL's user. */
  static void giveTo(Path path) throws IOException {
    if (!isNeeded()) {
      return;
    }
    UserPrincipal owner = principal(path);
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.getFileAttributeView(each, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .setOwner(owner);
      }
    }
  }

  /**
   * The first folder on the way to {@code folder} that PostgreSQL's user may not enter, if there is
   * one.
   */
  static Optional<Path> closedParent(Path folder) throws IOException {
    if (!isNeeded()) {
      return Optional.empty();
    }
    for (Path parent = folder; parent != null; parent = parent.getParent()) {
      if (Files.exists(parent)
          && !Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return Optional.of(parent);
      }
    }
    return Optional.empty();
  }

  private static UserPrincipal principal(Path path) throws IOException {
    return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
  }

  private static String passwdField(int index) throws IOException {
    return Files.readAllLines(Path.of("/etc/passwd")).stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields[0].equals(NAME) && fields.length > index)
        .map(fields -> fields[index])
        .findFirst()
        .orElseThrow(
            () ->
                new CannotRunException(
                    "PostgreSQL refuses to run as root, and there is no user '"
                        + NAME
                        + "' to run it as. Run furnistream as an ordinary user."));
  }
}
