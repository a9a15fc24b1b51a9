/**
 * The port to the platforms: what an adapter can do and how one call may end.
 * Called by the lanes to send and by linking to ask for a device's health; each platform is a package below.
 * An adapter never repeats a request, and says {@code NotSent} only of what provably did not leave.
 */
package io.siaran.gateway.provider;
