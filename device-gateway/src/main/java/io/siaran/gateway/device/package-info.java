/**
 * A device as the gateway knows it: its platform, its server, its opened credential and the rules that bind it.
 * Called by turns, checks and previews through {@code ConnectedDevices}; what a tenant decides is in {@code registration}.
 * A credential is stored sealed, opens only for its own device, and is never shown.
 */
package io.siaran.gateway.device;
