/** Texts in the form in which they name something: a key, a token, a topic. */
package io.furnistream.transforms.text;
