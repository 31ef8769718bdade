package io.furnistream.aggregates;

import io.furnistream.aggregates.testing.TestRegistry;

/** The application as a process of its own, with the registry of the tests in its memory. */
final class AggregatesUnderTest {

  private AggregatesUnderTest() {}

  public static void main(String[] arguments) throws Exception {
    TestRegistry.fill();
    AggregatesApplication.main(arguments);
  }
}
