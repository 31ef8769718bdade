/**
 * The services, one class each, and what they need to be configured and asked. {@link
 * io.furnistream.stack.services.Services} is the list to which a new one is added.
 */
package io.furnistream.stack.services;
