package io.furnistream.datagen;

/** How an order is paid. */
enum PaymentMethod {
  CREDIT_CARD("Credit Card"),
  DEBIT_CARD("Debit Card"),
  PAYPAL("PayPal"),
  GIFT_CARD("Gift Card"),
  BANK_TRANSFER("Bank Transfer"),
  CASH("Cash");

  private final String text;

  PaymentMethod(String text) {
    this.text = text;
  }

  /** As it is written in a record. */
  String text() {
    return text;
  }
}
