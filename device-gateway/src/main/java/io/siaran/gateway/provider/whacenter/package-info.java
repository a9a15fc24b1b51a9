/**
 * Whacenter, by what is known of its API: a multipart form in, {@code {"status": true|false, "message" or "msg": …}} out.
 * Called through the port only.
 * It tells replies and no receipts, so a message that it took stays sent.
 */
package io.siaran.gateway.provider.whacenter;
