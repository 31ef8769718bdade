/**
 * What the commands share: exit statuses, errors that name their cure, progress, reports in JSON,
 * how long a wait lasts and how it pauses, where the stack answers, the store's time zone, options,
 * the version, and how a connector's file is read.
 */
package io.furnistream.cli;
