package io.furnistream.connectors.check;

/** How a property is named that nothing reads. A value is never shown: it may be a secret. */
final class Complaint {

  private Complaint() {}

  static String unknown(String property) {
    return "Nothing reads the property '%s'.".formatted(property);
  }

  static String unknown(String property, String suggestion) {
    return "%s Did you mean '%s'?".formatted(unknown(property), suggestion);
  }
}
