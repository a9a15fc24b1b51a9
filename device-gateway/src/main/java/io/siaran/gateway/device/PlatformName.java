package io.siaran.gateway.device;

import io.siaran.model.Wire;

/** How the REST contract names a platform. */
public enum PlatformName implements Wire {
    WABLAS,
    WHACENTER,
    /** WhatsApp Web, through the server that {@link Engine} names. The CRM writes it as an empty text. */
    WHATSAPP_WEB {
        @Override
        public String wire() {
            return "";
        }
    }
}
