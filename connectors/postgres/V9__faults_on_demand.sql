-- What a run injected on purpose is in the ledger beside what it must leave behind. Applied by Flyway as the role admin.

ALTER TABLE daily_report.run_ledger
  ADD COLUMN refused bigint,
  ADD COLUMN faults text;
COMMENT ON COLUMN daily_report.run_ledger.refused IS 'Records that this run wrote so that every store refuses them; null where none are written on purpose, and while STARTED. Unit: records.';
COMMENT ON COLUMN daily_report.run_ledger.faults IS 'What this run injected on purpose, as a JSON object: records by kind, and under ''refused'' by the rule that they break; null where nothing is, and while STARTED. Text, no unit.';
