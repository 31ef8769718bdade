/** Names the properties of a connector's configuration that nothing would read. */
package io.furnistream.connectors.check;
