#!/usr/bin/env bash
# Stands in for bin/connect-distributed.sh of Apache Kafka: connect-distributed.sh PROPERTIES
# shellcheck disable=SC2086 # options are words
exec java ${KAFKA_HEAP_OPTS:-} -XX:+UseSerialGC ${KAFKA_OPTS:-} -Dlog4j2.configurationFile=/opt/kafka/log4j2.yaml \
  -cp '/opt/kafka/libs/*' org.apache.kafka.connect.cli.ConnectDistributed "$1"
