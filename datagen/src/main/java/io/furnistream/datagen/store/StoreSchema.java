package io.furnistream.datagen.store;

import com.fasterxml.jackson.core.JsonPointer;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.furnistream.cli.WrongInputException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The JSON Schema of store files. */
final class StoreSchema {

  /** Most errors that are told at once. */
  private static final int TOLD = 5;

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              builder ->
                  builder.schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .pathType(PathType.JSON_POINTER)
                          .locale(Locale.ROOT)
                          .build()))
          .getSchema(StoreResources.text("store.schema.json"));

  private StoreSchema() {}

  /**
   * Requires that a file is as the schema says.
   *
   * @throws WrongInputException naming file, line, field and what is wrong, of the first few errors
   */
  static void require(LocatedYaml yaml) {
    List<Error> errors = SCHEMA.validate(yaml.root());
    if (errors.isEmpty()) {
      return;
    }
    String told =
        errors.stream()
            .limit(TOLD)
            .map(error -> yaml.describe(place(error), error.getMessage()))
            .collect(Collectors.joining(System.lineSeparator()));
    String more = errors.size() > TOLD ? " (and %d more)".formatted(errors.size() - TOLD) : "";
    throw new WrongInputException(
        "%s%s%n%s"
            .formatted(
                told, more, "What may be there, and within which bounds: docs/store-file.md."));
  }

  private static JsonPointer place(Error error) {
    JsonPointer place = JsonPointer.valueOf(error.getInstanceLocation().toString());
    boolean superfluous = error.getProperty() != null && !error.getKeyword().equals("required");
    return superfluous ? place.appendProperty(error.getProperty()) : place;
  }
}
