/** Sales for those who only need data: a file, or standard output. It knows no generator. */
package io.furnistream.datagen.sink;
