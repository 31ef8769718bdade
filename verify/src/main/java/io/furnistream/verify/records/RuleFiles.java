package io.furnistream.verify.records;

import io.furnistream.schemas.ContractRules;
import io.furnistream.stores.export.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of the rules by which sales are screened. */
enum RuleFiles {
  /** Of keys. */
  KEYS("daily_records-key"),
  /** Of values. */
  VALUES("daily_records");

  private final String file;

  RuleFiles(String file) {
    this.file = file;
  }

  /** What the file holds. */
  String text() {
    try (InputStream json = ContractRules.class.getResourceAsStream("/rules/" + file + ".json")) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** Another one when a rule is another. */
  static String fingerprint() {
    return Hashes.sha256(KEYS.text() + VALUES.text());
  }
}
