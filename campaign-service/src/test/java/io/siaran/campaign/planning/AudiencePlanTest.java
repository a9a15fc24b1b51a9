package io.siaran.campaign.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How PostgreSQL reads an audience: what it costs must not grow with what is stored besides. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AudiencePlanTest {

    private static final int LEADS = 20_000;
    private static final int SUPPRESSED = 50_000;

    @Inject
    Cast cast;

    @Inject
    Database database;

    private final String user = Cast.newUser();

    @Test
    void a_page_looks_up_the_suppressions_of_its_own_leads_only() {
        // Given
        DeviceId merah = cast.device(user);
        List<String> plan = new ArrayList<>();

        // When
        assertThatThrownBy(() -> database.doInTransaction(tx -> {
                    store(tx, merah);
                    plan.addAll(explain(tx));
                    throw new UndoAll();
                }))
                .isInstanceOf(UndoAll.class);

        // Then
        assertThat(plan)
                .as(String.join("\n", plan))
                .anyMatch(line -> line.contains("suppressions_pkey"))
                .noneMatch(line -> line.contains("Seq Scan") || line.contains("Hash") || line.contains("Sort"));
    }

    private void store(Tx tx, DeviceId device) {
        tx.run(
                "INSERT INTO suppressions (user_id, phone, reason, version)"
                        + " SELECT CASE WHEN n % 5 = 0 THEN $1 ELSE 'others' END, (60130000000 + n)::text, 'stop', 1"
                        + " FROM generate_series(1, $2::integer) AS n",
                user, SUPPRESSED);
        tx.run(
                "INSERT INTO leads (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger,"
                        + " version, created_at, updated_at)"
                        + " SELECT gen_random_uuid(), $1, $2, (60130000000 + n)::text, '', 'ecommerce', '{ecommerce}',"
                        + " 'prospect', '', 1, clock_timestamp(), clock_timestamp()"
                        + " FROM generate_series(1, $3::integer) AS n",
                user,
                device.value(),
                LEADS);
        tx.run("ANALYZE suppressions, leads");
    }

    private List<String> explain(Tx tx) {
        List<String> lines = new ArrayList<>();
        tx.run(
                        "EXPLAIN " + Sql.load(Audience.class, "audience-page.sql"),
                        user,
                        "ecommerce",
                        "all",
                        false,
                        null,
                        new UUID(0, 0),
                        1_000,
                        OffsetDateTime.now(ZoneOffset.UTC))
                .forEach(row -> lines.add(row.getString(0)));
        return lines;
    }

    private static final class UndoAll extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
