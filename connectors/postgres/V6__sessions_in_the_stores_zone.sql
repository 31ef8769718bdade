-- Who asks this database asks by the store's clock, as the dashboards do.
--
-- Applied by Flyway as the role admin.

-- A session's zone decides how an instant is shown, which day it falls on (minute::date), what a time without a zone means
-- beside it (minute >= '2023-12-01'), and what current_date is. Drivers that set a zone of their own, as Java's do, keep it.
CREATE FUNCTION daily_report.keep_sessions_in_the_stores_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET timezone = %L', current_database(), NEW.zone);
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION daily_report.keep_sessions_in_the_stores_zone() IS 'Has sessions that begin from now on keep the store''s zone.';
REVOKE EXECUTE ON FUNCTION daily_report.keep_sessions_in_the_stores_zone() FROM PUBLIC;

CREATE TRIGGER keep_sessions_in_the_stores_zone AFTER INSERT OR UPDATE OF zone ON daily_report.store
  FOR EACH ROW EXECUTE FUNCTION daily_report.keep_sessions_in_the_stores_zone();

UPDATE daily_report.store SET zone = zone;
