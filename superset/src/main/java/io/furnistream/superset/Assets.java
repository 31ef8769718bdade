package io.furnistream.superset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is in a folder of dashboards, each file by its path below its kind's folder, without {@code
 * .yaml}.
 *
 * @param palette colours by what they mean, over all dashboards
 */
record Assets(
    Map<String, DatabaseAsset> databases,
    Map<String, DatasetAsset> datasets,
    Map<String, ChartAsset> charts,
    Map<String, DashboardAsset> dashboards,
    Map<String, String> palette) {

  static final String ENDING = ".yaml";

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a folder.
   *
   * @throws CannotRunException when a file is not YAML, or has a field that its kind does not have
   */
  static Assets read(Path folder) {
    return new Assets(
        all(folder, "databases", DatabaseAsset.class),
        all(folder, "datasets", DatasetAsset.class),
        all(folder, "charts", ChartAsset.class),
        all(folder, "dashboards", DashboardAsset.class),
        palette(folder));
  }

  /** The chart that a dashboard's tile names, as it is named in {@link #charts}. */
  static String chartOf(String dashboard, String tile) {
    return tile.contains("/") ? tile : dashboard + "/" + tile;
  }

  private static <T> Map<String, T> all(Path folder, String kind, Class<T> type) {
    Path root = folder.resolve(kind);
    Map<String, T> assets = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = root.relativize(file).toString();
        if (!name.endsWith(ENDING)) {
          throw new CannotRunException(
              "%s: is no %s file. Take it away, or name it so.".formatted(file, ENDING));
        }
        assets.put(name.substring(0, name.length() - ENDING.length()), parse(file, type));
      }
    } catch (IOException e) {
      throw new CannotRunException(
          "Cannot read %s: %s. Name the folder of the dashboards.".formatted(root, e.getMessage()),
          e);
    }
    return assets;
  }

  private static Map<String, String> palette(Path folder) {
    Map<String, String> palette = new LinkedHashMap<>();
    Palette file = parse(folder.resolve("palette" + ENDING), Palette.class);
    palette.putAll(file);
    return palette;
  }

  private static <T> T parse(Path file, Class<T> type) {
    try {
      T asset = YAML.readValue(file.toFile(), type);
      if (asset == null) {
        throw new CannotRunException(file + ": is empty. Write it, or take it away.");
      }
      return asset;
    } catch (JsonProcessingException e) {
      throw new CannotRunException(
          "%s: %s. Correct that field; superset/README.md says what each kind of file has."
              .formatted(file, e.getMessage().replaceAll("\\s*\\R\\s*", " ")),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static final class Palette extends LinkedHashMap<String, String> {}
}
