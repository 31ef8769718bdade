package io.furnistream.verify.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final byte[] EMPTY = {};

  @Test
  void isThatOfTheBytesAndOfNothingElse() {
    byte[] key = {1, 2};
    byte[] value = {3};

    assertThat(Fingerprint.of(key, value)).isEqualTo(Fingerprint.of(key.clone(), value.clone()));
    assertThat(
            Arrays.asList(
                Fingerprint.of(key, value),
                Fingerprint.of(value, key),
                Fingerprint.of(new byte[] {1}, new byte[] {2, 3}),
                Fingerprint.of(key, EMPTY),
                Fingerprint.of(key, null),
                Fingerprint.of(EMPTY, key),
                Fingerprint.of(null, key),
                Fingerprint.of(null, null)))
        .doesNotHaveDuplicates();
  }
}
