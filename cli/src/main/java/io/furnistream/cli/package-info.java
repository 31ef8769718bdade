/**
 * What every command shares: exit statuses, errors that name their cure, progress, JSON, endpoints.
 */
package io.furnistream.cli;
