/** The jobs as one command, which any scheduler can call. */
package io.furnistream.jobs;
