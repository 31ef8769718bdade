package io.furnistream.datagen;

/** Where an order is placed. */
enum Platform {
  STORE("Store"),
  WEBSITE("Website"),
  MOBILE_APP("Mobile App"),
  PHONE("Phone");

  private final String text;

  Platform(String text) {
    this.text = text;
  }

  /** As it is written in a record. */
  String text() {
    return text;
  }
}
