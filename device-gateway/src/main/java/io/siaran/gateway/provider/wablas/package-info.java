/**
 * Wablas, by its documented API: a form in, {@code {"status": true|false, "message": …}} out.
 * Called through the port only.
 * An answer that cannot be read is {@code Unknown}, whatever its HTTP status, unless the status itself is a refusal.
 */
package io.siaran.gateway.provider.wablas;
