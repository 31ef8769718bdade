package io.furnistream.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which views the migrations leave behind. */
class ReportViewsTest {

  @TempDir private Path folder;

  @Test
  void thoseOfTheReport() {
    assertThat(ReportViews.of(Path.of("../connectors/postgres")))
        .containsExactly(
            "daily_report.last_proof",
            "daily_report.ledger_balance",
            "daily_report.live_day",
            "daily_report.live_minutes",
            "daily_report.monthly_sales",
            "daily_report.sales_and_profit_today",
            "daily_report.top_products",
            "daily_report.top_products_by_month",
            "daily_report.yearly_sales");
  }

  @Test
  void theTenthMigrationComesAfterTheSecond() throws IOException {
    Files.writeString(
        folder.resolve("V2__a.sql"),
        "CREATE VIEW r.a AS SELECT 1;\nCREATE VIEW r.b AS SELECT 2;\n-- CREATE VIEW r.none AS\n");
    Files.writeString(
        folder.resolve("V10__b.sql"),
        "DROP VIEW r.a,\n  r.b;\nCREATE OR REPLACE VIEW r.c AS\nSELECT 1;\n");

    assertThat(ReportViews.of(folder)).containsExactly("r.c");
  }

  @Test
  void aStatementInAnotherFormIsNamed() throws IOException {
    Files.writeString(folder.resolve("V1__a.sql"), "CREATE VIEW unqualified AS SELECT 1;");

    assertThatThrownBy(() -> ReportViews.of(folder))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("V1__a.sql has a statement about a view")
        .hasMessageContaining("CREATE VIEW unqualified AS");
  }
}
