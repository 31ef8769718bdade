package io.furnistream.datagen.store;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an order is paid. */
public enum PaymentMethod {
  @JsonProperty("Credit Card")
  CREDIT_CARD("Credit Card"),
  @JsonProperty("Debit Card")
  DEBIT_CARD("Debit Card"),
  @JsonProperty("PayPal")
  PAYPAL("PayPal"),
  @JsonProperty("Gift Card")
  GIFT_CARD("Gift Card"),
  @JsonProperty("Bank Transfer")
  BANK_TRANSFER("Bank Transfer"),
  @JsonProperty("Cash")
  CASH("Cash");

  private final String text;

  PaymentMethod(String text) {
    this.text = text;
  }

  /** As it is written in a record. */
  public String text() {
    return text;
  }
}
