/**
 * gowa (go-whatsapp-web-multidevice, version 9): {@code {"code": …, "message": …, "results": …}} out, whatever the status.
 * Called through the port only.
 * It takes no message id of ours and gives up a send by itself after 45 s, which says nothing about the message.
 */
package io.siaran.gateway.provider.whatsappweb.gowa;
