/**
 * Images of the packaged services, built without an engine. Called by {@code ./siaran images}. The same inputs give the same
 * image, byte for byte.
 */
package io.siaran.images;
