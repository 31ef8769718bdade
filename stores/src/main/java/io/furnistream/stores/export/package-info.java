/**
 * What a folder of closed days promises to its readers: the manifest of a day. The code that writes
 * the folder and the code that proves it share only this.
 */
package io.furnistream.stores.export;
