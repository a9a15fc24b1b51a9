/**
 * Whether each device is linked and connected: asks its platform again and again.
 * Called by its own schedule only.
 * A device is asked by one instance at a time, and never waits for another one's slow platform.
 */
package io.siaran.gateway.linking;
