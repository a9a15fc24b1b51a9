package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whose fan-out is worked on next. All in a transaction of the test, in which the service's own workers see nothing that waits; it is
 * rolled back in the end.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TurnsTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    private final String aminah = Cast.newUser();
    private final String razak = Cast.newUser();

    @Test
    void who_has_many_campaigns_at_once_delays_nobody_by_more_than_one_of_them() {
        // Given
        List<CampaignId> many =
                IntStream.range(0, 8).mapToObj(_ -> ended(aminah)).toList();
        CampaignId one = ended(razak);
        rolledBack(tx -> {
            many.forEach(campaign -> waitsSince(tx, campaign, "2020-01-01T00:00:0" + many.indexOf(campaign) + "Z"));
            waitsSince(tx, one, "2020-01-02T00:00:00Z");

            // When
            List<CampaignId> next = List.of(lease(tx), lease(tx));

            // Then
            assertThat(next).containsExactly(many.getFirst(), one);
        });
    }

    @Test
    void of_one_user_who_waits_longest_comes_first_however_many_others_are_worked_on() {
        List<CampaignId> many =
                IntStream.range(0, 4).mapToObj(_ -> ended(aminah)).toList();
        rolledBack(tx -> {
            many.forEach(campaign -> waitsSince(tx, campaign, "2020-01-01T00:00:0" + many.indexOf(campaign) + "Z"));
            assertThat(leasedOf(tx, many)).containsExactlyElementsOf(many);
        });
    }

    @Test
    void a_repetition_and_another_text_come_behind_who_waits_already() {
        // Given
        lead(aminah, cast.device(aminah), Cast.ANI);
        CampaignId lost = ended(aminah, Map.of());
        CampaignId edited = ended(aminah, Map.of());
        CampaignId waiting = ended(aminah);
        rolledBack(tx -> {
            tx.run(
                    "UPDATE fanouts SET started_at = '2019-01-01', opened_at = '2019-01-01', ended_at = '2019-01-02'"
                            + " WHERE campaign_id IN ($1, $2)",
                    lost.value(),
                    edited.value());
            tx.run("UPDATE run_progress SET stored_at = '2019-01-02' WHERE campaign_id = $1", lost.value());
            waitsSince(tx, waiting, "2020-01-01T00:00:00Z");

            // When
            tx.run("UPDATE campaigns SET run = 2, planned_run = 1 WHERE id = $1", edited.value());
            tx.run(FanOutStore.REPEAT, 600_000L, 5);
            tx.run(FanOutStore.OPEN);

            // Then
            assertThat(leasedOf(tx, List.of(waiting, lost, edited))).containsExactly(waiting, lost, edited);
        });
    }

    /** Triggered and published, whatever it reached. */
    private CampaignId ended(String user) {
        return ended(user, Map.of("niche", "nobody"));
    }

    private CampaignId ended(String user, Map<String, Object> terms) {
        CampaignId campaign = Cast.campaign(user, terms);
        Cast.trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));
        return campaign;
    }

    private static void waitsSince(Tx tx, CampaignId campaign, String time) {
        tx.run(
                "UPDATE fanouts SET ended_at = NULL, opened_at = $2::text::timestamptz WHERE campaign_id = $1",
                campaign.value(),
                time);
    }

    private static CampaignId lease(Tx tx) {
        return new CampaignId(tx.run(FanOutStore.LEASE, UUID.randomUUID(), 60_000L)
                .iterator()
                .next()
                .getUUID("campaign_id"));
    }

    /** In the order in which they are worked on, whatever of other tests comes between. */
    private static List<CampaignId> leasedOf(Tx tx, List<CampaignId> these) {
        return Stream.generate(() -> lease(tx))
                .filter(these::contains)
                .limit(these.size())
                .toList();
    }

    private void rolledBack(Consumer<Tx> work) {
        class End extends RuntimeException {}
        assertThatThrownBy(() -> database.doInTransaction(tx -> {
                    work.accept(tx);
                    throw new End();
                }))
                .isInstanceOf(End.class);
    }
}
