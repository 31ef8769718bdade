package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameTokensTest {

  private final NameTokens tokens = new NameTokens("0123456789abcdef0123456789abcdef");

  /** By Python's hmac. */
  @Test
  void aNameHasTheTokenThatTheTransformDocuments() {
    assertThat(tokens.of("Ann")).isEqualTo("ed54bab706fc770bf47bded0c6a9a2e2");
  }

  /** By Python's hmac and unicodedata. */
  @Test
  void aNameHasOneTokenHoweverItsLettersAreComposed() {
    assertThat(tokens.of("Zo\u00eb M\u00fcller")).isEqualTo("cdd1760891d61f47061e0b8821f64fd3");
    assertThat(tokens.of("Zoe\u0308 Mu\u0308ller")).isEqualTo("cdd1760891d61f47061e0b8821f64fd3");
  }
}
