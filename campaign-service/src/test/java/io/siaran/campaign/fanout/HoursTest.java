package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.campaignBody;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.siaran.campaign.Cast;
import io.siaran.campaign.planning.DueCampaigns;
import io.siaran.localstack.RowsRead;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.Json;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Campaigns that are sent at certain hours only: outside of them their plan pauses. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HoursTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    HoursJobs jobs;

    private final String user = Cast.newUser();

    @Test
    void outside_of_its_hours_a_campaign_is_queued_and_waits() {
        // Given
        lead(user, cast.device(user), ANI);

        // When
        CampaignId campaign = closed();

        // Then
        assertThat(cast.published(campaign)).hasSize(1);
        shows(campaign, true);
        await().untilAsserted(() -> assertThat(plans(campaign).getLast()).isEqualTo(PlanStatus.PAUSED));
    }

    /** The news of a trigger by hand may come after its messages: those are due at once. */
    @Test
    void the_queue_holds_a_campaign_with_hours_before_it_is_triggered_outside_of_them() {
        // Given
        CampaignId campaign = campaign(user, Map.of("time_zone", "UTC", "weekdays", otherDays()));
        await().untilAsserted(() -> assertThat(plans(campaign)).containsExactly(PlanStatus.PAUSED));

        // When
        trigger(user, campaign);

        // Then
        await().untilAsserted(() -> assertThat(plans(campaign)).containsExactly(PlanStatus.PAUSED, PlanStatus.PAUSED));
    }

    @Test
    void the_queue_lets_go_of_a_campaign_that_begins_within_its_hours() {
        // Given
        CampaignId campaign = campaign(user, Map.of("time_zone", "UTC", "weekdays", "MO,TU,WE,TH,FR,SA,SU"));

        // When
        trigger(user, campaign);

        // Then
        await().untilAsserted(() -> assertThat(plans(campaign)).containsExactly(PlanStatus.PAUSED, PlanStatus.ACTIVE));
    }

    @Test
    void when_its_hours_begin_and_end_its_plan_follows_and_nobody_has_done_it() {
        // Given
        lead(user, cast.device(user), ANI);
        CampaignId campaign = closed();

        // When
        turns(campaign, null);

        // Then
        await().untilAsserted(() -> assertThat(plans(campaign).getLast()).isEqualTo(PlanStatus.ACTIVE));
        shows(campaign, false);
        turns(campaign, otherDays());
        await().untilAsserted(() -> assertThat(plans(campaign).getLast()).isEqualTo(PlanStatus.PAUSED));
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/events")
                .then()
                .body("items.event", equalTo(List.of("triggered", "created")));
    }

    /** Whoever is to say at the end that it is paused may be away by then. */
    @Test
    void the_queue_hears_of_an_open_campaign_until_when_it_is_open() {
        // Given
        Instant end = LocalDate.now(ZoneOffset.UTC)
                .plusDays(2)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();

        // When
        CampaignId campaign = campaign(user, Map.of("time_zone", "UTC", "weekdays", theseDays()));
        trigger(user, campaign);

        // Then
        await().untilAsserted(() -> assertThat(cast.published(Topic.PLANS, campaign, Plan.class))
                .extracting(Plan::status, Plan::openUntil)
                .containsExactly(tuple(PlanStatus.PAUSED, null), tuple(PlanStatus.ACTIVE, end)));
    }

    @Test
    void a_campaign_that_has_ended_follows_its_hours_while_messages_of_it_are_tried_again() {
        // Given
        lead(user, cast.device(user), ANI);
        CampaignId campaign = closed();
        database.run(
                "UPDATE campaigns SET status = 'completed', completed_at = clock_timestamp() WHERE id = $1",
                campaign.value());
        turns(campaign, theseDays());
        int told = plans(campaign).size();

        // When
        database.run("UPDATE run_progress SET stored = 1, pending = 1 WHERE campaign_id = $1", campaign.value());
        turns(campaign, otherDays());
        turns(campaign, theseDays());

        // Then
        await().untilAsserted(() -> assertThat(cast.published(Topic.PLANS, campaign, Plan.class).stream()
                        .skip(told))
                .extracting(Plan::status, plan -> plan.openUntil().isAfter(Instant.now()))
                .containsExactly(tuple(PlanStatus.COMPLETED, false), tuple(PlanStatus.COMPLETED, true)));
    }

    /** Every replica looks once a second, and campaigns that have ended are kept. */
    @Test
    void a_look_for_hours_that_turn_reads_no_campaign_of_which_nothing_waits() {
        // When
        long read = database.inTransaction(tx -> {
            tx.run("""
                    INSERT INTO campaigns (id, user_id, title, message, niche, niche_tag, target_status, campaign_date, time_schedule,
                      time_zone, offline_devices, duplicate_phones, late_policy, expire_after, scheduled_at, run, status, triggered_at,
                      completed_at, gate_turns_at, version, created_at, updated_at)
                    SELECT gen_random_uuid(), $1, 'Ended', 'Hello', 'shop', 'shop', 'all', '2026-01-01', '09:00', 'UTC', 'hold', 'once',
                      'send', 'PT1H', now(), 1, 'completed', now(), now(), now() - interval '1 hour', 1, now(), now()
                    FROM generate_series(1, 5000)""", user);
            tx.run(
                    "INSERT INTO run_progress (campaign_id, run, stored, pending, sent)"
                            + " SELECT id, run, 2, (row_number() OVER () <= 5)::int, 1 FROM campaigns WHERE user_id = $1",
                    user);
            tx.run("ANALYZE campaigns, run_progress");
            long rows = RowsRead.by(
                    explain -> tx.run(explain).iterator().next().getValue(0).toString(),
                    Sql.load(DueCampaigns.class, "turning-campaigns.sql")
                            .replace("?1", "'epoch'")
                            .replace("?2", "'00000000-0000-0000-0000-000000000000'"));
            tx.run("DELETE FROM run_progress WHERE campaign_id IN (SELECT id FROM campaigns WHERE user_id = $1)", user);
            tx.run("DELETE FROM campaigns WHERE user_id = $1", user);
            return rows;
        });

        // Then
        assertThat(read).isLessThan(1_000);
    }

    @Test
    void who_edits_the_hours_of_a_campaign_under_way_opens_it_at_once() {
        // Given
        lead(user, cast.device(user), ANI);
        CampaignId campaign = closed();

        // When
        Cast.operator(user)
                .body("{\"weekdays\": null}")
                .patch("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200)
                .body("run", equalTo(1))
                .body("waits_for_hours", equalTo(false));

        // Then
        await().untilAsserted(() -> assertThat(plans(campaign).getLast()).isEqualTo(PlanStatus.ACTIVE));
    }

    @Test
    void hours_that_are_none_are_refused_by_their_fields() {
        Map<String, Object> body =
                campaignBody(Map.of("send_from", "19:00", "send_until", "18:00", "weekdays", "MO,XX"));
        Cast.operator(user)
                .body(Json.write(body))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .body("violations.field", containsInAnyOrder("send_from", "weekdays"));
    }

    /** Every day but today and its neighbours, whatever the hour. */
    private static String otherDays() {
        DayOfWeek today = LocalDate.now(ZoneOffset.UTC).getDayOfWeek();
        List<String> names = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day != today && day != today.plus(1) && day != today.minus(1))
                .map(day -> names.get(day.ordinal()))
                .collect(Collectors.joining(","));
    }

    /** Today and its neighbours, whatever the hour. */
    private static String theseDays() {
        List<String> others = List.of(otherDays().split(","));
        return Stream.of("MO", "TU", "WE", "TH", "FR", "SA", "SU")
                .filter(day -> !others.contains(day))
                .collect(Collectors.joining(","));
    }

    /** Triggered, queued as a whole, and outside of its hours. */
    private CampaignId closed() {
        CampaignId campaign = campaign(user, Map.of("time_zone", "UTC", "weekdays", otherDays()));
        trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));
        return campaign;
    }

    private void shows(CampaignId campaign, boolean waits) {
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign)
                .then()
                .body("status", equalTo("triggered"))
                .body("waits_for_hours", equalTo(waits));
    }

    private List<PlanStatus> plans(CampaignId campaign) {
        return cast.published(Topic.PLANS, campaign, Plan.class).stream()
                .map(Plan::status)
                .toList();
    }

    /** As if the clock had come to the next beginning, or end. */
    private void turns(CampaignId campaign, String days) {
        database.run(
                "UPDATE campaigns SET weekdays = $2, gate_turns_at = clock_timestamp() WHERE id = $1",
                campaign.value(),
                days);
        try {
            VertxContextSupport.subscribeAndAwait(jobs::turn);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
