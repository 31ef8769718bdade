package io.furnistream.python;

import org.junit.jupiter.api.Test;

/** The Python in superset/: its rules, and its unit tests, which need no stack. */
class SupersetFolderIT {

  @Test
  void theCodeKeepsToItsRules() throws Exception {
    PythonTools python = PythonTools.inSuperset();
    python.run("ruff", "check", "--no-cache", ".");
    python.run("ruff", "format", "--no-cache", "--check", ".");
  }

  @Test
  void theUnitTestsPass() throws Exception {
    PythonTools.ofSuperset().run("pytest", "-q", "tests/unit");
  }
}
