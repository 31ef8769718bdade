/**
 * Makes Kafka, the registry, Cassandra, PostgreSQL and Kafka Connect agree with the settings, the
 * contracts and the files of {@code connectors}, wherever they are: what is missing is made, what
 * differs is changed, and what must not be changed is said.
 */
package io.furnistream.provision;
