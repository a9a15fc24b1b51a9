package io.siaran.campaign.fanout;

import static org.awaitility.Awaitility.await;

import io.siaran.campaign.Cast;
import io.siaran.campaign.planning.AudienceLead;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Campaigns that were published, and what may befall a fan-out afterwards. */
@Singleton
class FanOutScene {

    private final Cast cast;
    private final Database database;
    private final FanOut fanOut;
    private final FanOutStore store;
    private final ReachedLeads reached;

    FanOutScene(Cast cast, Database database, FanOut fanOut, FanOutStore store, ReachedLeads reached) {
        this.cast = cast;
        this.database = database;
        this.fanOut = fanOut;
        this.store = store;
        this.reached = reached;
    }

    /**
     * Somebody who holds the fan-out of a campaign, and notes whom it reaches.
     *
     * @param looked how often phones had been corrected when the page was read
     */
    record Holder(Leased leased, long looked, FanOutStore store, ReachedLeads reached) {

        /** Whoever of the page is left out; empty where nobody was noted. */
        Optional<Set<LeadId>> notes(List<AudienceLead> page) {
            return reached.note(leased, looked, page, new PhonesSoFar());
        }

        /** The same, who has read the page after one more correction. */
        Holder afterOneMore() {
            return new Holder(leased, looked + 1, store, reached);
        }

        /** Whether nobody else holds the fan-out by now, and there is no later run. */
        boolean holds() {
            return store.phoneChanges(leased).isPresent();
        }
    }

    /** As if its fan-out went on, and somebody held it who reads a page now. */
    Holder holder(CampaignId campaign) {
        Leased leased = leased(campaign);
        return new Holder(leased, store.phoneChanges(leased).orElseThrow(), store, reached);
    }

    CampaignId published(String user, Map<String, Object> terms) {
        CampaignId campaign = Cast.campaign(user, terms);
        Cast.trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));
        return campaign;
    }

    List<BroadcastMessage> messages(String user, Map<String, Object> terms) {
        return cast.published(published(user, terms));
    }

    /** As if the lead had ended the last page so far. */
    void goOnAfter(LeadId lead, CampaignId campaign) {
        goOn(campaign, lead);
    }

    /** As if its fan-out went on, and somebody held it. */
    Leased leased(CampaignId campaign) {
        UUID lease = UUID.randomUUID();
        database.run(
                "UPDATE fanouts SET ended_at = NULL, lease = $2, lease_until = clock_timestamp() + interval '1 hour'"
                        + " WHERE campaign_id = $1",
                campaign.value(),
                lease);
        return new Leased(campaign, 1, lease, null, Instant.now(), false);
    }

    void fromTheBeginning(CampaignId campaign) {
        goOn(campaign, null);
    }

    private void goOn(CampaignId campaign, LeadId cursor) {
        database.run(
                "UPDATE fanouts SET cursor = $1, ended_at = NULL WHERE campaign_id = $2",
                cursor == null ? null : cursor.value(),
                campaign.value());
        fanOut.nudge();
        await().until(() -> cast.fanOutHasEnded(campaign));
    }
}
