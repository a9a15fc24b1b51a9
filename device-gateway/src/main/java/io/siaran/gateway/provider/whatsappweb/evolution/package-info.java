/**
 * Evolution API, version 2: an instance a device; sends answer 201 with WhatsApp's key of the message.
 * Called through the port only.
 * It signs nothing that it tells: only the secret path proves it.
 */
package io.siaran.gateway.provider.whatsappweb.evolution;
