package io.furnistream.replay.places;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

/** Reads the cities of a package's file, one after the other: JSON, as GeoNames' fields are. */
final class CityFile {

  private final Map<String, String> shared = new HashMap<>();

  /**
   * Reads a file.
   *
   * @param file a list of cities, or an object whose values they are; gzipped where it ends in .gz
   * @param taker given each city, with its other names
   */
  void read(Path file, BiConsumer<City, List<String>> taker) throws IOException {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        JsonParser json =
            new JsonFactory()
                .createParser(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes)) {
      JsonToken list = json.nextToken();
      if (list != JsonToken.START_ARRAY && list != JsonToken.START_OBJECT) {
        throw new IOException(file + " holds no cities");
      }
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
          city(json, taker);
        }
      }
    }
  }

  private void city(JsonParser json, BiConsumer<City, List<String>> taker) throws IOException {
    String name = "";
    String state = "";
    String country = "";
    double latitude = 0;
    double longitude = 0;
    long population = 0;
    List<String> others = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "city", "name" -> name = json.getText();
        case "state" -> state = value == JsonToken.VALUE_NULL ? "" : share(json.getText());
        case "country_code", "countrycode" -> country = share(json.getText());
        case "latitude" -> latitude = json.getDoubleValue();
        case "longitude" -> longitude = json.getDoubleValue();
        case "population" -> population = json.getLongValue();
        case "alternatenames" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            others.add(json.getText());
          }
        }
        default -> json.skipChildren();
      }
    }
    taker.accept(new City(name, state, country, latitude, longitude, population), others);
  }

  private String share(String text) {
    return shared.computeIfAbsent(text, same -> same);
  }
}
