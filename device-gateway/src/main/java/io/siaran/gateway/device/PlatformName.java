package io.siaran.gateway.device;

import io.siaran.model.WireEnum;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the REST contract names a platform. */
@Schema(enumeration = {"wablas", "whacenter", ""})
public enum PlatformName implements WireEnum {
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
