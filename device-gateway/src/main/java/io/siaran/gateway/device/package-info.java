/**
 * The numbers that may speak: what a person registers, whether each is online, and how its platform is reached.
 * Called over REST, by linking with what the platforms say, and by the lanes for how to reach a device.
 * A credential is stored encrypted and never shown; every committed change of a device is announced with a higher version.
 */
package io.siaran.gateway.device;
