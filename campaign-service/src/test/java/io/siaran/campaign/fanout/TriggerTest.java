package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TriggerTest {

    @Inject
    Cast cast;

    @Inject
    FanOutJobs jobs;

    @Inject
    Database database;

    @Inject
    FanOut fanOut;

    private final String user = Cast.newUser();

    @Test
    void a_campaign_is_published_from_ten_minutes_before_its_time_for_its_time() throws Exception {
        // Given
        DeviceId merah = cast.device(user);
        Cast.lead(user, merah, Cast.ANI);
        CampaignId soon = planned(5, Map.of());
        CampaignId later = planned(30, Map.of());

        // When
        look();

        // Then
        await().until(() -> cast.fanOutHasEnded(soon));
        BroadcastMessage message = cast.published(soon).getFirst();
        assertThat(message.scheduledAt()).isAfter(Instant.now());
        assertThat(message.id().planned()).isEqualTo(message.scheduledAt());
        assertThat(status(user, soon)).isEqualTo("triggered");
        assertThat(status(user, later)).isEqualTo("scheduled");
    }

    @Test
    void a_campaign_that_missed_its_window_fails_with_the_reason_and_tells_so() throws Exception {
        // Given
        CampaignId missed = planned(0, Map.of("late_policy", "fail"));
        database.run(
                "UPDATE campaigns SET scheduled_at = scheduled_at - interval '30 minutes' WHERE id = $1",
                missed.value());

        // When
        look();

        // Then
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + missed)
                .then()
                .body("status", equalTo("failed"))
                .body("status_reason", equalTo("missed_window"));
        await().untilAsserted(() -> assertThat(cast.published(Topic.PLANS, missed, Plan.class))
                .extracting(Plan::status)
                .containsExactly(PlanStatus.ACTIVE, PlanStatus.FAILED));
    }

    @Test
    void a_campaign_that_cannot_be_moved_is_put_aside_with_the_reason_and_looks_leave_it_alone_for_a_while()
            throws Exception {
        // Given
        CampaignId broken = planned(0, Map.of());
        CampaignId sound = planned(0, Map.of());
        database.run("CREATE FUNCTION refuse_campaign() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN RAISE EXCEPTION 'a row that is refused' USING ERRCODE = '23514'; END$$");
        database.run("CREATE TRIGGER refuse BEFORE UPDATE ON campaigns FOR EACH ROW WHEN (OLD.id = '" + broken
                + "') EXECUTE FUNCTION refuse_campaign()");

        try {
            // When
            look();
            look();

            // Then
            Row aside = asideOf(broken);
            assertThat(aside.getInteger("failures")).isEqualTo(1);
            assertThat(aside.getString("reason")).contains("23514", "a row that is refused");
            assertThat(status(user, sound)).isEqualTo("triggered");

            // When
            database.run(
                    "UPDATE campaign_setbacks SET again_at = clock_timestamp() WHERE campaign_id = $1", broken.value());
            look();

            // Then
            assertThat(asideOf(broken).getInteger("failures")).isEqualTo(2);
            assertThat(asideOf(broken).getDouble("seconds")).isGreaterThan(3);
        } finally {
            database.run("DROP FUNCTION refuse_campaign CASCADE");
        }
        database.run(
                "UPDATE campaign_setbacks SET again_at = clock_timestamp() WHERE campaign_id = $1", broken.value());
        look();
        assertThat(status(user, broken)).isEqualTo("triggered");
    }

    private Row asideOf(CampaignId campaign) {
        return database.run(
                        "SELECT *, extract(epoch FROM again_at - put_aside_at)::float8 AS seconds FROM campaign_setbacks"
                                + " WHERE campaign_id = $1 AND batch = 'trigger'",
                        campaign.value())
                .iterator()
                .next();
    }

    @Test
    void two_looks_at_once_trigger_each_campaign_once() throws Exception {
        // Given
        CampaignId campaign = planned(0, Map.of());

        // When
        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> replica : replicas.invokeAll(Collections.<Callable<Void>>nCopies(3, this::look))) {
                replica.get();
            }
        }

        // Then
        assertThat(status(user, campaign)).isEqualTo("triggered");
        await().until(() -> cast.fanOutHasEnded(campaign));
        assertThat(cast.published(Topic.PLANS, campaign, Plan.class)).hasSize(2);
    }

    @Test
    void a_campaign_that_cannot_be_read_does_not_stop_the_others() throws Exception {
        // Given
        CampaignId unreadable = planned(0, Map.of());
        database.run("UPDATE campaigns SET time_zone = 'Mars/Base' WHERE id = $1", unreadable.value());
        CampaignId sound = planned(1, Map.of());

        // When
        look();

        // Then
        assertThat(status(user, sound)).isEqualTo("triggered");
        database.run("DELETE FROM campaigns WHERE id = $1", unreadable.value());
    }

    @Test
    void however_many_are_due_one_look_triggers_them_all() throws Exception {
        // Given
        CampaignId one = planned(0, Map.of("niche", "nobody"));
        database.run("""
                INSERT INTO campaigns
                SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*
                  FROM campaigns c, generate_series(1, 450)
                 WHERE c.id = $1
                """, one.value());

        // When
        look();

        // Then
        assertThat(database.run("SELECT FROM campaigns WHERE user_id = $1 AND status = 'scheduled'", user)
                        .rowCount())
                .isZero();
    }

    @Test
    void a_campaign_that_leaves_out_offline_devices_judges_them_at_its_time() throws Exception {
        // Given
        DeviceId merah = cast.device(user, DeviceStatus.OFFLINE);
        Cast.lead(user, merah, Cast.ANI);
        CampaignId soon = planned(5, Map.of("offline_devices", "skip"));
        look();
        fanOut.workOff();
        assertThat(status(user, soon)).isEqualTo("triggered");
        assertThat(cast.fanOutHasEnded(soon)).isFalse();

        // When
        database.run("UPDATE devices SET status = 'online' WHERE id = $1", merah.value());
        database.run("UPDATE campaigns SET scheduled_at = clock_timestamp() WHERE id = $1", soon.value());
        fanOut.workOff();

        // Then
        await().until(() -> cast.fanOutHasEnded(soon));
        assertThat(cast.published(soon)).hasSize(1);
    }

    private CampaignId planned(int minutesFromNow, Map<String, Object> more) {
        LocalDateTime time = LocalDateTime.now(ZoneOffset.UTC).plusMinutes(minutesFromNow);
        Map<String, Object> body = new HashMap<>(more);
        body.put("time_zone", "UTC");
        body.put("campaign_date", time.toLocalDate().toString());
        body.put("time_schedule", "%02d:%02d".formatted(time.getHour(), time.getMinute()));
        return campaign(user, body);
    }

    private Void look() throws Exception {
        try {
            return VertxContextSupport.subscribeAndAwait(jobs::triggerDue);
        } catch (Throwable failure) {
            throw new ExecutionException(failure);
        }
    }
}
