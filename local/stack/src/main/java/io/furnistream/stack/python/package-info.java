/** The Python of the machine, and the virtual environments that are installed with it. */
package io.furnistream.stack.python;
