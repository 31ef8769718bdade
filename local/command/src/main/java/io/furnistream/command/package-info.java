/**
 * The {@code furnistream} command: one class a subcommand, each a thin skin over what does the
 * work.
 */
package io.furnistream.command;
