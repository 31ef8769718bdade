package io.furnistream.python;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The DAGs' own checks and unit tests, which are in Python and need no stack. */
class AirflowDagsIT {

  private static PythonTools python;

  @BeforeAll
  static void install() throws Exception {
    python = PythonTools.inAirflow();
  }

  @Test
  void theCodeKeepsToItsRules() throws Exception {
    python.run("ruff", "check", "--no-cache", ".");
    python.run("ruff", "format", "--no-cache", "--check", ".");
  }

  @Test
  void theUnitTestsPass() throws Exception {
    python.run("pytest", "-q", "tests/unit");
  }

  @Test
  void itsRequirementsLackNothing() throws Exception {
    PythonTools.ofAirflow().run("pip", "check");
  }
}
