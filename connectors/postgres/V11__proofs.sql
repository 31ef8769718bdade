-- What verify found stands beside the ledger. Applied by Flyway as the role admin; report_reader reads what it adds by the
-- default rights of V3.

CREATE TABLE daily_report.proofs (
  scope       text           NOT NULL,
  proved_at   timestamptz(3) NOT NULL,
  verdict     text           NOT NULL,
  from_day    date,
  to_day      date,
  days        bigint         NOT NULL,
  records     bigint         NOT NULL,
  differences bigint         NOT NULL,
  problems    bigint         NOT NULL,
  compared    text           NOT NULL,
  PRIMARY KEY (scope)
);
COMMENT ON TABLE  daily_report.proofs IS 'How the latest verify of some days ended: one row for each range of days that was asked for.';
COMMENT ON COLUMN daily_report.proofs.scope IS 'Which days were to be proved: ''all'', or the first and the last, such as ''2023-12-01/2023-12-31''; ''..'' for an end that is left open. Text.';
COMMENT ON COLUMN daily_report.proofs.proved_at IS 'When verify had compared everything: an instant, to the millisecond.';
COMMENT ON COLUMN daily_report.proofs.verdict IS 'PROVED: every store agrees with the ledger; NOT_PROVED: something differs, or there is another error; NOTHING: no store holds any of these days. Text.';
COMMENT ON COLUMN daily_report.proofs.from_day IS 'The first day that was to be proved (a calendar date in the store''s zone); null when that is open.';
COMMENT ON COLUMN daily_report.proofs.to_day IS 'The last day that was to be proved (a calendar date in the store''s zone); null when that is open.';
COMMENT ON COLUMN daily_report.proofs.days IS 'Days that were found and compared. Unit: days.';
COMMENT ON COLUMN daily_report.proofs.records IS 'Records of these days that count, as Kafka held them. Unit: records.';
COMMENT ON COLUMN daily_report.proofs.differences IS 'Values that differed. Unit: differences.';
COMMENT ON COLUMN daily_report.proofs.problems IS 'Errors other than differences. Unit: problems.';
COMMENT ON COLUMN daily_report.proofs.compared IS 'What was compared with the ledger, such as ''kafka, cassandra, postgres, parquet''. Text.';

GRANT SELECT, INSERT, UPDATE, DELETE ON daily_report.proofs TO sink_writer;

-- A row also when there is no proof yet, so that a dashboard can say so. A proof is of what there was: what has landed since
-- is counted, where a proof says how much there was.
CREATE VIEW daily_report.last_proof AS
SELECT proof.scope, proof.proved_at, proof.verdict, proof.from_day, proof.to_day, proof.days, proof.records,
       proof.differences, proof.problems, proof.compared,
       CASE WHEN proof.verdict = 'PROVED'
            THEN (SELECT coalesce(sum(daily_records), 0)::bigint
                    FROM daily_report.daily_pu_rev
                   WHERE (proof.from_day IS NULL OR ts_date >= proof.from_day)
                     AND (proof.to_day IS NULL OR ts_date <= proof.to_day)) - proof.records
       END AS records_since
  FROM daily_report.store
  LEFT JOIN (SELECT * FROM daily_report.proofs ORDER BY proved_at DESC, scope LIMIT 1) AS proof ON true;
COMMENT ON VIEW   daily_report.last_proof IS 'How the last verify ended, whichever days it was asked for. Always one row; of nulls when there was none.';
COMMENT ON COLUMN daily_report.last_proof.scope IS 'Which days were to be proved: ''all'', or the first and the last, such as ''2023-12-01/2023-12-31''; ''..'' for an end that is left open. Text.';
COMMENT ON COLUMN daily_report.last_proof.proved_at IS 'When verify had compared everything: an instant, to the millisecond.';
COMMENT ON COLUMN daily_report.last_proof.verdict IS 'PROVED: every store agrees with the ledger; NOT_PROVED: something differs, or there is another error; NOTHING: no store holds any of these days. Text.';
COMMENT ON COLUMN daily_report.last_proof.from_day IS 'The first day that was to be proved (a calendar date in the store''s zone); null when that is open.';
COMMENT ON COLUMN daily_report.last_proof.to_day IS 'The last day that was to be proved (a calendar date in the store''s zone); null when that is open.';
COMMENT ON COLUMN daily_report.last_proof.days IS 'Days that were found and compared. Unit: days.';
COMMENT ON COLUMN daily_report.last_proof.records IS 'Records of these days that count, as Kafka held them. Unit: records.';
COMMENT ON COLUMN daily_report.last_proof.differences IS 'Values that differed. Unit: differences.';
COMMENT ON COLUMN daily_report.last_proof.problems IS 'Errors other than differences. Unit: problems.';
COMMENT ON COLUMN daily_report.last_proof.compared IS 'What was compared with the ledger, such as ''kafka, cassandra, postgres, parquet''. Text.';
COMMENT ON COLUMN daily_report.last_proof.records_since IS 'Records of these days that count in daily_pu_rev now, less those that were proved: what has come since, less what was taken back. Null unless the verdict is PROVED. Unit: records.';
