/**
 * Child processes: what they are started with, how they are found again and ended, and how much
 * memory they hold. Runs any program, and knows none of the services.
 */
package io.furnistream.stack.process;
