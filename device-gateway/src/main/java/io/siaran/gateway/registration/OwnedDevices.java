package io.siaran.gateway.registration;

import io.siaran.rest.OwnedCollection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Which device is whose. */
@Singleton
class OwnedDevices {

    private static final String OWNED = "SELECT 1 FROM devices WHERE id = $1 AND user_id = $2 AND NOT deleted";

    @Produces
    @Singleton
    OwnedCollection owned() {
        return new OwnedCollection("devices", "device", OWNED);
    }
}
