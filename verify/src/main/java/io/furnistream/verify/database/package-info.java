/** The database that verify works in: what was read from Kafka and the stores, and what differs. */
package io.furnistream.verify.database;
