package io.furnistream.replay;

import io.furnistream.cli.WrongInputException;
import io.furnistream.replay.mapping.Mapping;
import io.furnistream.replay.mapping.MappingReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds mappings: those that ship, by their names, and files. */
final class Mappings {

  private static final String SUFFIX = ".yaml";

  private Mappings() {}

  /**
   * Reads a mapping.
   *
   * @param mapping a name, or the path of a file
   * @throws WrongInputException when there is none
   */
  static Mapping read(String mapping) {
    try (InputStream shipped =
        Mappings.class.getResourceAsStream("/mappings/" + mapping + SUFFIX)) {
      if (shipped != null && mapping.equals(nameOf(mapping))) {
        return MappingReader.read(
            mapping, new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
      }
      Path file = Path.of(mapping);
      if (!Files.isRegularFile(file)) {
        throw new WrongInputException(
            "There is no mapping '%s'. Name one that ships (superstore, kaggle-sales) or a file."
                .formatted(mapping));
      }
      return MappingReader.read(mapping, Files.readString(file));
    } catch (MalformedInputException e) {
      throw new WrongInputException("%s is not UTF-8. Save it so.".formatted(mapping), e);
    } catch (IOException e) {
      throw new WrongInputException("%s cannot be read: %s.".formatted(mapping, e), e);
    }
  }

  /** The name of a mapping, which is also that of a dataset unless one is given. */
  static String nameOf(String mapping) {
    Path file = Path.of(mapping).getFileName();
    String name = file == null ? mapping : file.toString();
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
  }
}
