package io.siaran.campaign.planning;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.siaran.model.CampaignId;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import jakarta.enterprise.context.ApplicationScoped;

/** Campaigns for engines: straight-line on virtual threads, where a Hibernate session cannot live. */
@ApplicationScoped
public class PlannedCampaigns {

    /** As {@link #read}; throws a {@link Refusal} (a 404) for one that is not this user's. */
    public Campaign ownedBy(UserId user, CampaignId id) {
        Campaign campaign = read(id);
        if (campaign == null || campaign.deleted || !campaign.userId().equals(user)) {
            throw Refusal.notFound("campaign", id);
        }
        return campaign;
    }

    /** As it was committed last; what is changed on it is not stored. */
    public Campaign read(CampaignId id) {
        try {
            return VertxContextSupport.subscribeAndAwait(
                    () -> Panache.withSession(() -> Campaign.findById(id.value())));
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable checked) {
            throw new IllegalStateException("cannot read campaign " + id, checked);
        }
    }
}
