package io.siaran.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.Snapshot;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator calls after a restore: nobody who was behind, or knows a later version, stays with what is not true any more. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TellAgainTest {

    /** More than a part of the procedure has. */
    private static final int CROWD = 5_001;

    @Inject
    Database database;

    @Inject
    Cast cast;

    private final String user = Cast.newUser();

    @Test
    void whatever_others_keep_is_told_again_above_every_version_that_was_told() {
        // Given
        DeviceId merah = cast.device(user);
        LeadId ani = Cast.lead(user, merah, Cast.ANI);
        LeadId budi = Cast.lead(user, merah, Cast.BUDI);
        Cast.operator(user).delete("/api/v1/leads/" + budi).then().statusCode(204);
        CampaignId campaign = Cast.campaign(user, Map.of());
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/cancel")
                .then()
                .statusCode(200);
        Cast.operator(user)
                .body("{\"phone\":\"" + Cast.CITRA + "\",\"reason\":\"asked by phone\"}")
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201);
        LeadSnapshot aniBefore = last(Topic.LEADS, ani, LeadSnapshot.class, 1);
        LeadSnapshot budiBefore = last(Topic.LEADS, budi, LeadSnapshot.class, 2);
        Plan planBefore = last(Topic.PLANS, campaign, Plan.class, 2);
        String citra = user + ":" + Cast.CITRA;
        Suppression suppressionBefore = last(Topic.SUPPRESSIONS, citra, Suppression.class, 1);

        // When
        database.run("CALL tell_again()");

        // Then
        assertToldAgain(aniBefore, last(Topic.LEADS, ani, LeadSnapshot.class, 2));
        assertToldAgain(budiBefore, last(Topic.LEADS, budi, LeadSnapshot.class, 3));
        assertToldAgain(planBefore, last(Topic.PLANS, campaign, Plan.class, 3));
        assertToldAgain(suppressionBefore, last(Topic.SUPPRESSIONS, citra, Suppression.class, 2));
        assertThat(planBefore.status()).isEqualTo(PlanStatus.CANCELLED);
    }

    @Test
    void more_than_a_part_has_are_all_told_and_each_goes_on_from_the_version_that_was_told() {
        // Given
        DeviceId merah = cast.device(user);
        database.run(
                "INSERT INTO suppressions (user_id, phone, reason, version)"
                        + " SELECT $1, (60120000000 + n)::text, 'stop', 1 FROM generate_series(1, $2::int) n",
                user,
                CROWD);
        database.run(
                "INSERT INTO leads (user_id, id, device_id, phone, name, niche, niche_tags, target_status, trigger, version,"
                        + " created_at, updated_at) SELECT $1, gen_random_uuid(), $3, (60120000000 + n)::text, '', '', '{}',"
                        + " 'prospect', '', 1, now(), now() FROM generate_series(1, $2::int) n",
                user,
                CROWD,
                merah.value());

        // When
        database.run("CALL tell_again()");

        // Then
        assertThat(count("suppressions WHERE version = 1000001 AND user_id = $1"))
                .isEqualTo(CROWD);
        assertThat(count("leads WHERE version = 1000001 AND user_id = $1")).isEqualTo(CROWD);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(count("outbox WHERE topic = 'suppressions' AND starts_with(key, $1)"))
                    .isZero();
            assertThat(count("lead_news WHERE user_id = $1")).isZero();
        });
        assertThat(last(Topic.SUPPRESSIONS, user + ":60120000001", Suppression.class, 1)
                        .version())
                .isEqualTo(1_000_001);
        assertThat(last(Topic.SUPPRESSIONS, user + ":60120005001", Suppression.class, 1)
                        .version())
                .isEqualTo(1_000_001);
    }

    @Test
    void a_trigger_that_is_given_again_has_a_number_that_no_walk_has_and_one_that_is_carried_keeps_its_own() {
        // Given
        DeviceId merah = cast.device(user);
        LeadId ani = Cast.lead(user, merah, Cast.ANI);
        Cast.patch(user, ani, Map.of("trigger", "warm,cold"));
        Cast.patch(user, ani, Map.of("trigger", "warm"));

        // When
        database.run("CALL tell_again()");
        Cast.patch(user, ani, Map.of("trigger", "warm,cold"));

        // Then
        LeadSnapshot told = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> last(Topic.LEADS, ani, LeadSnapshot.class, 1),
                        lead -> lead.triggers().size() == 2);
        assertThat(told.triggers())
                .extracting(each -> each.trigger() + " " + each.assignment())
                .containsExactlyInAnyOrder("warm 1", "cold 1000002");
    }

    private static <T extends Snapshot> void assertToldAgain(T before, T after) {
        assertThat(after).usingRecursiveComparison().ignoringFields("version").isEqualTo(before);
        assertThat(after.version()).isEqualTo(before.version() + 1_000_000);
    }

    /** The newest of so many. */
    private <T> T last(Topic topic, Object key, Class<T> type, int told) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> cast.published(topic, key.toString(), type), all -> all.size() >= told)
                .getLast();
    }

    private long count(String of) {
        return database.run("SELECT count(*) FROM " + of, user)
                .iterator()
                .next()
                .getLong(0);
    }
}
