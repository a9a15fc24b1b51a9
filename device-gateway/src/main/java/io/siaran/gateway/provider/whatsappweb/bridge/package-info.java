/**
 * Our own bridge to WhatsApp Web ({@code whatsapp-bridge/}), which belongs to the installation: no tenant names its address.
 * Called through the port only.
 * It takes our message id and never sends one twice, so its answer can be asked again: a look-up settles what was lost.
 */
package io.siaran.gateway.provider.whatsappweb.bridge;
