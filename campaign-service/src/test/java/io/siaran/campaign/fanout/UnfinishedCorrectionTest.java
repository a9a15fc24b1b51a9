package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.campaign.PhoneChangeListener.Change;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do while the transaction that corrects a phone has not ended. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UnfinishedCorrectionTest {

    private static final String TAKE = "SELECT FROM campaigns WHERE id = $1 FOR UPDATE NOWAIT";
    private static final String WHO_WAITS_FOR = "SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))";

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    FollowPhones follow;

    @Inject
    FanOutScene scene;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private LeadId ani;

    @BeforeEach
    void link() {
        merah = cast.device(user);
        ani = lead(user, merah, ANI);
    }

    @Test
    void it_keeps_nobody_from_stopping_or_triggering_a_campaign() {
        // Given
        CampaignId scheduled = Cast.campaign(user, Map.of());
        CampaignId triggered = scene.published(user, Map.of());

        // Then
        database.doInTransaction(tx -> {
            correct(tx);
            assertThat(database.run(TAKE, scheduled.value()).rowCount()).isOne();
            assertThat(database.run(TAKE, triggered.value()).rowCount()).isOne();
        });
    }

    /** The count of the user's changes is there from an earlier campaign. */
    @Test
    void a_campaign_that_begins_meanwhile_writes_to_the_new_phone() {
        scene.published(user, Map.of());
        begunMeanwhileWritesToTheNewPhone();
    }

    @Test
    void so_does_the_first_campaign_of_a_user() {
        begunMeanwhileWritesToTheNewPhone();
    }

    private void begunMeanwhileWritesToTheNewPhone() {
        // Given
        CampaignId campaign = Cast.campaign(user, Map.of());

        // When
        database.doInTransaction(tx -> {
            correct(tx);
            Cast.trigger(user, campaign);
            int ours = tx.run("SELECT pg_backend_pid()").iterator().next().getInteger(0);
            await().until(() -> database.run(WHO_WAITS_FOR, ours).rowCount() > 0);
        });

        // Then
        await().until(() -> cast.fanOutHasEnded(campaign));
        assertThat(cast.published(campaign))
                .extracting(BroadcastMessage::recipientPhone)
                .containsExactly(new PhoneNumber(CITRA));
    }

    private void correct(Tx tx) {
        follow.changed(tx, new Change(new UserId(user), ani, merah, new PhoneNumber(ANI), new PhoneNumber(CITRA)));
        tx.run("UPDATE leads SET phone = $2, version = version + 1 WHERE id = $1", ani.value(), CITRA);
    }
}
