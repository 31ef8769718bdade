/**
 * The {@code furnistream} command: one class per subcommand, each a thin layer over the code that
 * does the work.
 */
package io.furnistream.command;
