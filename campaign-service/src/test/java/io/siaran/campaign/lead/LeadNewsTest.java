package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the topic the highest version of a lead is always the last, whichever way it comes. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadNewsTest {

    private static final String WAITS = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND datname = current_database() AND query LIKE '%lead_news%'";

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    LeadNews news;

    @Inject
    LeadStore store;

    @Inject
    LeadUpserts upserts;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @Test
    void what_changes_a_lead_while_its_last_version_is_published_is_not_lost() {
        // Given
        Lead first = database.inTransaction(tx -> beingPublished(tx, ANI));
        AtomicReference<CompletableFuture<Void>> settling = new AtomicReference<>();

        // When
        database.doInTransaction(tx -> {
            news.add(tx, upserted(tx, "Ani binti Ali", ANI));
            settling.set(CompletableFuture.runAsync(
                    () -> database.doInTransaction(another -> news.settle(another, List.of(first)))));
            await().until(() -> settling.get().isDone() || database.run(WAITS).rowCount() > 0);
        });
        settling.get().join();
        news.publish();

        // Then
        await().untilAsserted(
                        () -> assertThat(cast.published(Topic.LEADS, first.id().toString(), LeadSnapshot.class))
                                .extracting(LeadSnapshot::version)
                                .containsExactly(2L));
        assertThat(database.run("SELECT FROM lead_news WHERE user_id = $1", user)
                        .rowCount())
                .isZero();
    }

    @Test
    void what_overtakes_an_older_snapshot_in_the_outbox_is_published_once_more() {
        database.doInTransaction(tx -> {
            // Given
            Lead ani = beingPublished(tx, ANI);
            Lead budi = beingPublished(tx, BUDI);
            store.announce(tx, List.of(ani));

            // When
            news.settle(tx, List.of(ani, budi));

            // Then
            assertThat(tx.run("SELECT lead_id FROM lead_news WHERE user_id = $1", user))
                    .extracting(row -> row.getUUID("lead_id"))
                    .containsExactly(ani.id().value());
        });
    }

    private Lead beingPublished(Tx tx, String phone) {
        List<Lead> added = upserted(tx, "Ani", phone);
        news.add(tx, added);
        tx.run("UPDATE lead_news SET claimed_to = clock_timestamp() + interval '1 minute' WHERE user_id = $1", user);
        return added.getFirst();
    }

    private List<Lead> upserted(Tx tx, String name, String phone) {
        LeadBody body = new LeadBody(merah, name, phone, null, null, null, null, null, null);
        return upserts.upsert(tx, new UserId(user), List.of(body)).stream()
                .map(LeadUpserts.Upserted::lead)
                .toList();
    }
}
