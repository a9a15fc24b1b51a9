package io.siaran.campaign.planning;

import io.siaran.rest.OwnedCollection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Which campaign is whose. */
@Singleton
class OwnedCampaigns {

    private static final String OWNED = "SELECT 1 FROM campaigns WHERE id = $1 AND user_id = $2 AND NOT deleted";

    @Produces
    @Singleton
    OwnedCollection owned() {
        return new OwnedCollection("campaigns", "campaign", OWNED);
    }
}
