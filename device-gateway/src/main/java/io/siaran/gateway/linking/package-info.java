/**
 * Links phones to the devices whose platform lets us (the bridge), and asks every device's platform again and again whether
 * it is connected.
 * Called by REST, by the link page, and by its own schedules.
 * A device is asked by one instance at a time, and never waits for another one's slow platform; a code or the secret of a
 * page is never logged nor kept.
 */
package io.siaran.gateway.linking;
