package io.siaran.sequence.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sequence.CrowdedShop;
import io.siaran.sequence.Stage;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps of two tenants of which nobody knows for two days whether they went out: what the one has holds up nobody of the other. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UnknownTurnsTest {

    @Inject
    Stage stage;

    @Inject
    SettleUnknownSteps unknown;

    private CrowdedShop earlier;
    private CrowdedShop later;

    @BeforeEach
    void allStepsOfBothShopsAreUnknown() {
        stage.pass();
        unknown.run();
        List<CrowdedShop> shops = CrowdedShop.two(stage);
        earlier = unknownSince("3 days", shops.getFirst());
        later = unknownSince("2 days", shops.getLast());
    }

    @AfterEach
    void nobodyIsInside() {
        List.of(earlier, later).forEach(CrowdedShop::close);
    }

    @Test
    void unknown_steps_are_settled_in_turns_of_their_users() {
        // When
        unknown.run();

        // Then
        assertThat(List.of(earlier, later))
                .allSatisfy(shop -> assertThat(unsettled(shop)).isZero());
        assertThat(firstBatch(later)).isEqualTo(firstBatch(earlier));
    }

    @Test
    void steps_that_are_set_aside_are_read_by_no_look_before_their_time_and_settled_then() {
        // Given
        earlier.run(
                "UPDATE sequence_contacts SET set_aside_until = now() + interval '1 hour', set_aside_reason = 'it failed'"
                        + " WHERE sequence_id = $1");
        unknown.run();
        assertThat(unsettled(earlier)).isEqualTo(CrowdedShop.CONTACTS);
        assertThat(unsettled(later)).isZero();
        stage.database().run("VACUUM ANALYZE sequence_contacts");

        // When
        long pages = pagesOfALook();

        // Then
        assertThat(pages)
                .as("pages of seven hundred steps and their walks are some hundreds")
                .isLessThan(100);

        // When
        earlier.timePasses();
        unknown.run();

        // Then
        assertThat(unsettled(earlier)).isZero();
    }

    private static CrowdedShop unknownSince(String age, CrowdedShop shop) {
        shop.run("UPDATE sequence_contacts SET status = 'unknown', unknown_since = now() - interval '" + age
                + "' WHERE sequence_id = $1");
        return shop;
    }

    /** Of tables and indexes. */
    private long pagesOfALook() {
        List<String> plan = new ArrayList<>();
        stage.database()
                .run("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS) "
                        + SettleUnknownSteps.SETTLE.replace("$1", "86400").replace("$2", "500"))
                .forEach(row -> plan.add(row.getString(0)));
        return plan.stream()
                .filter(line -> line.contains("Buffers: shared"))
                .mapToLong(line -> pages(line, "hit=") + pages(line, "read="))
                .findFirst()
                .orElseThrow();
    }

    private static long pages(String line, String which) {
        int at = line.indexOf(which);
        return at < 0 ? 0 : Long.parseLong(line.substring(at + which.length()).split("\\D", 2)[0]);
    }

    private static int unsettled(CrowdedShop shop) {
        return shop.rows(
                "SELECT FROM sequence_contacts WHERE sequence_id = $1 AND status = 'unknown' AND settled_at IS NULL");
    }

    /** The transaction that was the first to settle any of them. */
    private static long firstBatch(CrowdedShop shop) {
        return shop.number(
                "SELECT min(xmin::text::bigint) FROM sequence_contacts WHERE sequence_id = $1 AND status = 'unknown'");
    }
}
