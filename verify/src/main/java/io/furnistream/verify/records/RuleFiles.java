package io.furnistream.verify.records;

import io.furnistream.schemas.ContractRules;
import io.furnistream.stores.export.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of the rules by which sales are screened. */
final class RuleFiles {

  private RuleFiles() {}

  /** Another one when a rule is another. */
  static String fingerprint() {
    StringBuilder texts = new StringBuilder();
    for (String name : new String[] {"daily_records-key", "daily_records"}) {
      try (InputStream file = ContractRules.class.getResourceAsStream("/rules/" + name + ".json")) {
        texts.append(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be read", e);
      }
    }
    return Hashes.sha256(texts.toString());
  }
}
