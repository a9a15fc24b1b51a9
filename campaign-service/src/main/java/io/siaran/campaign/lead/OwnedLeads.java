package io.siaran.campaign.lead;

import io.siaran.rest.OwnedCollection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Which lead is whose. */
@Singleton
class OwnedLeads {

    private static final String OWNED = "SELECT 1 FROM leads WHERE id = $1 AND user_id = $2 AND NOT deleted";

    @Produces
    @Singleton
    OwnedCollection owned() {
        return new OwnedCollection("leads", "lead", OWNED);
    }
}
