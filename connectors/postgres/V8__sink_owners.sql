-- Which task of the sink has which partition of Kafka. A task that was believed dead, and comes back with an old batch, is
-- refused: docs/decisions/debezium-jdbc-sink.md. Not a part of the report: a schema of its own, which only the sink reads.

CREATE SCHEMA sink;

CREATE TABLE sink.partition_owners (
  connector text NOT NULL,
  topic text NOT NULL,
  kafka_partition int NOT NULL,
  owner uuid NOT NULL,
  PRIMARY KEY (connector, topic, kafka_partition)
);
COMMENT ON TABLE sink.partition_owners IS
  'The task that may write the records of a partition: a random id, new with every assignment';

GRANT USAGE ON SCHEMA sink TO sink_writer;
GRANT SELECT, INSERT, UPDATE ON sink.partition_owners TO sink_writer;
