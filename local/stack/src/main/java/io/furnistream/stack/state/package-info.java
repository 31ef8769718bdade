/**
 * What is in files: the checkout that the stack runs from, and the state folder with its secrets,
 * ports, logs and locks.
 */
package io.furnistream.stack.state;
