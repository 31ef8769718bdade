/** Keeps the secrets of a worker's environment out of its answers. */
package io.furnistream.connectors.secrets;
