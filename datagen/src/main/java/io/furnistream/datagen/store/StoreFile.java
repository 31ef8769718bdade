package io.furnistream.datagen.store;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.furnistream.cli.StoreName;
import io.furnistream.cli.StoreZone;
import io.furnistream.cli.WrongInputException;
import io.furnistream.schemas.RecordId;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/** Reads stores: those that come with the generator, by their names, and files. */
public final class StoreFile {

  /** The stores that come with the generator. */
  public static final List<String> SHIPPED = List.of(StoreName.DEFAULT, "clothing");

  private static final String SUFFIX = ".yaml";
  private static final String DEFAULTS = "defaults" + SUFFIX;
  private static final int MAX_BYTES = 12_000_000;
  private static final int FINGERPRINT_DIGITS = 8;

  private StoreFile() {}

  /**
   * Reads a store.
   *
   * @param store a name, or the path of a file
   * @param stackZone the zone of the stack's days, which are also the store's
   * @throws WrongInputException naming file, line and field of what is wrong
   */
  public static Store read(String store, ZoneId stackZone) {
    if (SHIPPED.contains(store)) {
      // By a test, what ships is as the schema says. To load the validator takes half a second.
      String file = store + SUFFIX;
      return store(store, YamlTree.read(file, StoreResources.text(file)), stackZone);
    }
    Path file = Path.of(store);
    return parse(String.valueOf(file.getFileName()), store, text(file), stackZone);
  }

  /**
   * Reads a store from text.
   *
   * @param source what its datasets say of where it is from
   * @param file what complaints call it
   */
  static Store parse(String source, String file, String text, ZoneId stackZone) {
    LocatedYaml yaml = YamlTree.read(file, text);
    StoreSchema.require(yaml);
    return store(source, yaml, stackZone);
  }

  private static Store store(String source, LocatedYaml yaml, ZoneId stackZone) {
    addDefaults(yaml.root());
    StoreDocument document = StoreBinding.bind(yaml);
    new StoreChecks(yaml, document).require();
    new DemandChecks(yaml, document).require();
    ZoneId zone = zone(yaml, document, stackZone);
    return StoreAssembly.assemble(document, source, zone, fingerprint(yaml.root(), zone));
  }

  private static String text(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new WrongInputException(
            "There is no store '%s'. Name one that ships (%s) or a file."
                .formatted(file, String.join(", ", SHIPPED)));
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new WrongInputException(
            "%s is larger than %d bytes: leave products or cities out.".formatted(file, MAX_BYTES));
      }
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new WrongInputException("%s is not UTF-8. Save it so.".formatted(file), e);
    } catch (IOException e) {
      throw new WrongInputException("%s cannot be read: %s.".formatted(file, e), e);
    }
  }

  private static void addDefaults(ObjectNode root) {
    ObjectNode defaults = YamlTree.read(DEFAULTS, StoreResources.text(DEFAULTS)).root();
    addMissing(root, defaults);
    ObjectNode demand = (ObjectNode) root.get("demand");
    ObjectNode usual = (ObjectNode) defaults.get("demand");
    addMissing(demand, usual);
    for (String part : List.of("customers", "orders")) {
      addMissing((ObjectNode) demand.get(part), (ObjectNode) usual.get(part));
    }
  }

  private static void addMissing(ObjectNode node, ObjectNode defaults) {
    defaults
        .properties()
        .forEach(
            each -> {
              if (!node.has(each.getKey())) {
                node.set(each.getKey(), each.getValue());
              }
            });
  }

  private static ZoneId zone(LocatedYaml yaml, StoreDocument document, ZoneId stackZone) {
    if (document.zone() == null) {
      return stackZone;
    }
    JsonPointer place = JsonPointer.compile("/zone");
    if (!StoreZone.isKnown(document.zone())) {
      throw yaml.wrong(
          place,
          "'%s' is no name of an IANA time zone. Write one such as Europe/Berlin"
              .formatted(document.zone()));
    }
    ZoneId zone = ZoneId.of(document.zone());
    if (!zone.equals(stackZone)) {
      throw yaml.wrong(
          place,
          "the store's days are those of %1$s, the stack's those of %2$s. Set %3$s=%1$s for the stack and its jobs, or leave the zone out to have the stack's"
              .formatted(zone, stackZone, StoreZone.VARIABLE));
    }
    return zone;
  }

  // Over the zone and what the file says, not its bytes: a comment is the same store.
  private static String fingerprint(ObjectNode root, ZoneId zone) {
    return RecordId.of(zone.getId(), root.toString()).text().substring(0, FINGERPRINT_DIGITS);
  }
}
