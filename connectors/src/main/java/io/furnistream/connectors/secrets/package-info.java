/** Keeps the secrets of a worker's environment out of what it answers. */
package io.furnistream.connectors.secrets;
