package io.siaran.dispatch.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.kafka.Outbox;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FoldCountsTest {

    @Inject
    Stage stage;

    @Inject
    FoldCounts counts;

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    SetAside setAside;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void a_campaign_counts_its_messages_and_no_others() {
        // Given
        stage.store(
                Cast.campaign(Cast.MERAH, Cast.ANI, 1),
                Cast.campaign(Cast.MERAH, Cast.BUDI, 1),
                Cast.direct(Cast.MERAH, Cast.CITRA, Cast.aMinuteAgo()));
        counts.fold();
        stage.release();
        stage.aSecondLater();

        // When
        counts.fold();

        // Then
        Row row = stage.rows("SELECT * FROM campaign_counts").getFirst();
        assertThat(row.getLong("stored")).isEqualTo(2);
        assertThat(row.getLong("processing")).isEqualTo(2);
        assertThat(row.getLong("pending")).isZero();
        assertThat(row.getLong("version")).isEqualTo(2);
        assertThat(stage.rows("SELECT FROM status_deltas")).isEmpty();
        stage.assertCountsAddUp();
    }

    /** Each fold takes a part of what changed, so the record is of a moment at which less had been counted. */
    @Test
    void the_reasons_of_a_campaign_add_up_to_what_failed_and_was_cancelled_whatever_part_is_folded() {
        // Given
        List<BroadcastMessage> messages = Stream.generate(
                        () -> Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1))
                .limit(6)
                .toList();
        messages.forEach(stage::store);
        counts.fold();
        end(messages.subList(0, 3), "failed", "expired");
        end(messages.subList(3, 5), "cancelled", "cancelled_by_user");
        end(messages.subList(5, 6), "failed", "contact_rejected");
        end(messages.subList(1, 2), "failed", "suppressed");
        stage.rows(
                "UPDATE broadcast_messages SET status = 'pending', failure_reason = NULL WHERE id = $1",
                messages.getFirst().id().value());

        // When
        List<Row> told = new ArrayList<>();
        while (!stage.rows("SELECT FROM status_deltas").isEmpty()) {
            stage.rows("UPDATE last_fold SET folded_in = '-infinity'");
            database.inTransaction(tx -> tx.run(Sql.load(FoldCounts.class, "fold.sql"), 1));
            told.add(stage.rows("SELECT failed + cancelled AS ended, reasons FROM campaign_counts")
                    .getFirst());
        }

        // Then
        assertThat(told)
                .hasSize(5)
                .allSatisfy(row -> assertThat(sum(row.getJsonObject("reasons"))).isEqualTo(row.getLong("ended")));
        assertThat(told.getLast().getJsonObject("reasons"))
                .isEqualTo(new JsonObject()
                        .put("expired", 1)
                        .put("suppressed", 1)
                        .put("contact_rejected", 1)
                        .put("cancelled_by_user", 2));
        assertThat(stage.rows("SELECT reason, messages FROM reason_counts WHERE messages <> 0 ORDER BY reason"))
                .extracting(row -> row.getString("reason") + " " + row.getLong("messages"))
                .containsExactly("cancelled_by_user 2", "contact_rejected 1", "expired 1", "suppressed 1");
    }

    private void end(List<BroadcastMessage> messages, String status, String reason) {
        stage.rows(
                "UPDATE broadcast_messages SET status = $1, failure_reason = $2 WHERE id = ANY ($3)",
                status,
                reason,
                messages.stream().map(message -> message.id().value()).toArray(UUID[]::new));
    }

    private static long sum(JsonObject reasons) {
        return reasons.fieldNames().stream().mapToLong(reasons::getLong).sum();
    }

    @Test
    void a_fold_with_nothing_to_fold_tells_nobody() {
        // Given
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        counts.fold();
        stage.aSecondLater();

        // When
        counts.fold();

        // Then
        assertThat(stage.rows("SELECT version FROM campaign_counts").getFirst().getLong("version"))
                .isOne();
    }

    @Test
    void however_many_replicas_fold_a_campaign_hears_at_most_once_a_second() throws Exception {
        // Given
        List<FoldCounts> replicas =
                List.of(counts, new FoldCounts(database, outbox, setAside, new SimpleMeterRegistry()));
        OffsetDateTime begun = second();

        // When
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                stage.store(Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1));
                both.invokeAll(replicas.stream()
                                .map(replica -> Executors.callable(replica::fold))
                                .toList())
                        .forEach(Future::resultNow);
            }
        }

        // Then
        long seconds = Duration.between(begun, second()).toSeconds() + 1;
        assertThat(stage.rows("SELECT version FROM campaign_counts").getFirst().getLong("version"))
                .isBetween(1L, seconds);
        stage.assertCountsAddUp();
    }

    @Test
    void the_report_counts_by_day_step_and_niche() {
        // Given
        Instant planned = Instant.parse("2026-11-29T17:00:00Z");
        stage.store(
                Cast.step(Cast.MERAH, Cast.ANI, planned),
                Cast.step(Cast.MERAH, Cast.BUDI, planned),
                Cast.campaign(Cast.MERAH, Cast.ANI, 1, planned));
        counts.fold();

        // When
        stage.rows(
                "UPDATE broadcast_messages SET status = 'sent', sent_at = now(), read_at = now(), delivered_at = now()"
                        + " WHERE lead_id = '" + Cast.BUDI + "'");
        stage.aSecondLater();
        counts.fold();

        // Then
        Row steps = stage.rows("SELECT * FROM message_counts WHERE sequence_stepid IS NOT NULL")
                .getFirst();
        assertThat(steps.getString("niche")).isEqualTo("fitness");
        assertThat(steps.getLocalDate("id_day")).isEqualTo("2026-11-29");
        assertThat(steps.getLocalDate("planned_day")).isEqualTo("2026-11-30");
        assertThat(steps.getLong("stored")).isEqualTo(2);
        assertThat(steps.getLong("pending")).isOne();
        assertThat(steps.getLong("sent")).isOne();
        assertThat(steps.getLong("delivered")).isOne();
        assertThat(steps.getLong("read")).isOne();
        assertThat(stage.rows("SELECT FROM message_counts")).hasSize(2);
    }

    @Test
    void a_niche_of_a_thousand_characters_stops_nobodys_counting() {
        // Given
        stage.store(
                Cast.withNiche(Cast.campaign(Cast.HIJAU, Cast.CITRA, 1), incompressible(994)),
                Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // When
        counts.fold();

        // Then
        assertThat(stage.rows("SELECT FROM status_deltas")).isEmpty();
        assertThat(stage.rows("SELECT FROM set_aside_deltas")).isEmpty();
        assertThat(stage.rows("SELECT niche FROM message_counts WHERE user_id = 'razak'")
                        .getFirst()
                        .getString("niche"))
                .hasSize(64);
        stage.assertCountsAddUp();
    }

    @Test
    void a_difference_that_cannot_be_folded_is_put_aside_and_all_others_count() {
        // Given
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.rows("UPDATE status_deltas SET user_id = $1", incompressible(2_000));
        stage.store(Cast.campaign(Cast.BIRU, Cast.BUDI, 1), Cast.campaign(Cast.HIJAU, Cast.CITRA, 1));

        // When
        for (int second = 0; second < 3; second++) {
            stage.aSecondLater();
            counts.fold();
        }

        // Then
        assertThat(stage.rows("SELECT FROM status_deltas")).isEmpty();
        assertThat(stage.rows("SELECT stored FROM campaign_counts")).hasSize(2);
        assertThat(stage.rows("SELECT reason FROM set_aside_deltas").getFirst().getString("reason"))
                .startsWith("54000");
    }

    /** CJK characters of which no two runs are alike: an index keeps them as long as they are. */
    private static String incompressible(int characters) {
        return new Random(7)
                .ints(characters, 0x4E00, 0x9FA5)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-29T00:00:00Z",
                "2026-11-29T23:59:59.999Z",
                "9998-12-31T23:59:59Z"
            })
    void the_day_of_an_id_is_a_range_of_the_key(String planned) {
        MessageId id = MessageId.random(Instant.parse(planned), RandomGenerator.getDefault());

        Row row = stage.rows(
                        "SELECT id_day($1) AS day, $1 >= first_id(id_day($1)) AND $1 < first_id(id_day($1) + 1) AS inside",
                        id.value())
                .getFirst();

        assertThat(row.getLocalDate("day")).isEqualTo(planned.substring(0, 10));
        assertThat(row.getBoolean("inside")).isTrue();
    }

    private OffsetDateTime second() {
        return stage.rows("SELECT date_trunc('second', clock_timestamp()) AS second")
                .getFirst()
                .getOffsetDateTime("second");
    }
}
