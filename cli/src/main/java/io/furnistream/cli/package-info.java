/**
 * What the commands share: exit statuses, errors that name their cure, progress, where the stack
 * answers, the store's time zone, options, and how a connector's file is read.
 */
package io.furnistream.cli;
