package io.furnistream.datagen.store;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an order is placed. */
public enum Platform {
  @JsonProperty("Store")
  STORE("Store"),
  @JsonProperty("Website")
  WEBSITE("Website"),
  @JsonProperty("Mobile App")
  MOBILE_APP("Mobile App"),
  @JsonProperty("Phone")
  PHONE("Phone");

  private final String text;

  Platform(String text) {
    this.text = text;
  }

  /** As it is written in a record. */
  public String text() {
    return text;
  }
}
