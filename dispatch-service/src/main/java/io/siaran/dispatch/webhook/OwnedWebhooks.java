package io.siaran.dispatch.webhook;

import io.siaran.rest.OwnedCollection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Which webhook is whose. */
@Singleton
class OwnedWebhooks {

    private static final String OWNED = "SELECT 1 FROM webhooks WHERE id = $1 AND user_id = $2 AND NOT deleted";

    @Produces
    @Singleton
    OwnedCollection owned() {
        return new OwnedCollection("webhooks", "webhook", OWNED);
    }
}
