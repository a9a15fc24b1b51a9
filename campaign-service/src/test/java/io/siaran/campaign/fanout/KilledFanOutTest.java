package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.operator;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.BroadcastRecord;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Fan-outs that die between Kafka's acknowledgement of a page and the move of the cursor, or between two pages. Pages are of
 * three leads.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class KilledFanOutTest {

    private static final String LATEST_RUN =
            " FROM campaigns c JOIN fanouts f ON f.campaign_id = c.id AND f.run = c.run" + " WHERE c.id = $1";
    private static final int SEEDS = 50;
    private static final int PEOPLE = 7;

    @Inject
    Cast cast;

    @Inject
    FanOut fanOut;

    @Inject
    Database database;

    @AfterEach
    void live() {
        database.run("DROP TRIGGER IF EXISTS kill ON fanouts");
        database.run("DROP TRIGGER IF EXISTS kill ON fanout_reached");
    }

    @Test
    void a_kill_at_any_page_boundary_loses_nobody_and_writes_to_nobody_twice() {
        // Given
        String user = Cast.newUser();
        DeviceId merah = cast.device(user);
        Set<LeadId> leads = IntStream.range(0, 10)
                .mapToObj(i -> Cast.lead(user, merah, Cast.phone(i)))
                .collect(Collectors.toSet());

        for (int published : List.of(0, 3, 6, 9)) {
            // When
            CampaignId campaign = Cast.campaign(user, Map.of());
            killAfter(published, campaign, user);
            goOn(campaign);

            // Then
            Map<MessageId, LeadId> messages = new HashMap<>();
            cast.published(campaign).forEach(message -> messages.put(message.id(), message.leadId()));
            assertThat(messages.values()).containsExactlyInAnyOrderElementsOf(leads);
            assertThat(published(campaign)).isEqualTo(10);
        }
    }

    /** Dead is dead: no page before it is passed by the cursor any more. */
    @Test
    void a_kill_before_any_page_is_noted_counts_nobody_twice() {
        // Given
        String user = Cast.newUser();
        DeviceId merah = cast.device(user);
        List<LeadId> leads = IntStream.range(0, 10)
                .mapToObj(i -> Cast.lead(user, merah, Cast.phone(i)))
                .toList();

        for (int noted : List.of(0, 3, 6, 9)) {
            // When
            CampaignId campaign = Cast.campaign(user, Map.of());
            killBeforeNoting(leads.get(noted));
            killAfter(0, campaign, user);
            goOn(campaign);

            // Then
            assertThat(cast.published(campaign).stream()
                            .map(BroadcastMessage::id)
                            .distinct())
                    .hasSize(10);
            assertThat(published(campaign)).isEqualTo(10);
            assertThat(number("SELECT published AS n FROM fanout_devices WHERE campaign_id = $1", campaign))
                    .isEqualTo(10);
        }
    }

    @Test
    void whatever_happens_while_a_fan_out_lies_still_nobody_is_written_to_twice_or_forgotten_without_a_reason() {
        // Given
        List<Case> cases = IntStream.range(0, SEEDS).mapToObj(Case::new).toList();

        // When
        cases.forEach(Case::play);

        // Then
        Map<CampaignId, List<BroadcastMessage>> messages =
                TopicLog.of(Topic.BROADCAST_MESSAGES.topicName()).records().stream()
                        .map(record -> Json.read(record.value(), BroadcastRecord.class))
                        .filter(BroadcastMessage.class::isInstance)
                        .map(BroadcastMessage.class::cast)
                        .filter(message -> message.campaignId() != null)
                        .collect(Collectors.groupingBy(BroadcastMessage::campaignId));
        cases.forEach(each -> each.check(messages.getOrDefault(each.campaign, List.of())));
    }

    private void killAfter(long published, CampaignId campaign, String user) {
        database.run("CREATE OR REPLACE FUNCTION kill_fan_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF NEW.campaign_id = '" + campaign
                + "' AND NEW.cursor IS DISTINCT FROM OLD.cursor AND NEW.published > "
                + published + " THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$");
        database.run("DROP TRIGGER IF EXISTS kill ON fanouts");
        database.run("CREATE TRIGGER kill BEFORE UPDATE ON fanouts FOR EACH ROW EXECUTE FUNCTION kill_fan_out()");
        trigger(user, campaign);
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> database.run(
                                        "SELECT FROM fanouts WHERE campaign_id = $1 AND (failures > 0 OR ended_at IS NOT NULL)",
                                        campaign.value())
                                .rowCount()
                        == 1);
    }

    private void killBeforeNoting(LeadId lead) {
        database.run("CREATE OR REPLACE FUNCTION kill_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN" + " IF '"
                + lead + "' = ANY (NEW.leads) THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$");
        database.run("CREATE TRIGGER kill BEFORE INSERT ON fanout_reached FOR EACH ROW EXECUTE FUNCTION kill_note()");
    }

    private void goOn(CampaignId campaign) {
        live();
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            // Each time: one that fails at this very moment is put off after the kill is over.
            database.run(
                    "UPDATE fanouts SET lease_until = NULL WHERE campaign_id = $1 AND lease IS NULL", campaign.value());
            fanOut.nudge();
            return number("SELECT count(*) AS n" + LATEST_RUN + " AND f.ended_at IS NOT NULL", campaign) == 1;
        });
    }

    private long published(CampaignId campaign) {
        return number("SELECT f.published AS n" + LATEST_RUN, campaign);
    }

    private long number(String sql, CampaignId campaign) {
        for (Row row : database.run(sql, campaign.value())) {
            return row.getLong("n");
        }
        return 0;
    }

    /** One campaign with what happens to it, all drawn from its seed. */
    private final class Case {

        private final int seed;
        private final Random random;
        private final String user = Cast.newUser();
        private final List<DeviceId> devices = new ArrayList<>();
        private final List<String> leads = new ArrayList<>();
        private final List<String> done = new ArrayList<>();
        private boolean once;
        private CampaignId campaign;

        Case(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void play() {
            devices.addAll(List.of(cast.device(user), cast.device(user), cast.device(user)));
            int people = 4 + random.nextInt(9);
            IntStream.range(0, people).forEach(_ -> addLead());
            once = random.nextInt(3) > 0;
            campaign = Cast.campaign(user, Map.of("duplicate_phones", once ? "once" : "each"));
            killAfter(random.nextInt(people + 1), campaign, user);
            IntStream.range(0, random.nextInt(7)).forEach(_ -> something());
            goOn(campaign);
        }

        void check(List<BroadcastMessage> messages) {
            Map<MessageId, String> phones = new HashMap<>();
            messages.forEach(
                    message -> phones.put(message.id(), message.recipientPhone().digits()));
            String what = "seed " + seed + " once " + once + " " + done;
            if (once) {
                // Of every text of the campaign: through one lead, whichever text it is.
                assertThat(through(messages).values()).as(what).allMatch(leads -> leads.size() == 1);
            }
            assertThat(messages.stream()
                            .map(message -> message.leadId() + " " + message.run())
                            .distinct()
                            .count())
                    .as(what)
                    .isEqualTo(phones.size());
            long candidates = number(
                    "SELECT count(*) AS n" + LATEST_RUN.replace("WHERE", ", leads l WHERE l.user_id = c.user_id AND")
                            + " AND l.created_at < f.started_at",
                    campaign);
            long leftOut = number(
                    "SELECT coalesce(sum(x.leads), 0)::bigint AS n FROM fanout_exclusions x"
                            + " JOIN campaigns c ON c.id = x.campaign_id AND c.run = x.run WHERE c.id = $1",
                    campaign);
            // A lead that is gone before its page is read belongs to none.
            assertThat(published(campaign) + leftOut)
                    .as(what)
                    .isBetween(candidates - (done.contains("delete") ? leads.size() : 0), candidates);
        }

        /** By phone, the leads that are written to under it: as they were published, and as their messages have followed them. */
        private Map<String, Set<LeadId>> through(List<BroadcastMessage> messages) {
            Map<String, Set<LeadId>> through = new HashMap<>();
            messages.forEach(
                    message -> through.computeIfAbsent(message.recipientPhone().digits(), _ -> new HashSet<>())
                            .add(message.leadId()));
            Set<LeadId> reached =
                    messages.stream().map(BroadcastMessage::leadId).collect(Collectors.toSet());
            for (Row row : database.run(
                    "SELECT id, phone FROM leads l WHERE user_id = $1 AND NOT EXISTS"
                            + " (SELECT FROM fanout_withdrawals w WHERE w.campaign_id = $2 AND w.lead_id = l.id)",
                    user,
                    campaign.value())) {
                LeadId lead = new LeadId(row.getUUID("id"));
                if (reached.contains(lead)) {
                    through.computeIfAbsent(row.getString("phone"), _ -> new HashSet<>())
                            .add(lead);
                }
            }
            return through;
        }

        private void something() {
            int kind = random.nextInt(8);
            done.add(List.of("pause", "opt-out", "twin", "edit", "move", "delete", "correct", "correct")
                    .get(kind));
            switch (kind) {
                case 0 -> {
                    post("/api/v1/campaigns/" + campaign + "/pause", "");
                    post("/api/v1/campaigns/" + campaign + "/resume", "");
                }
                case 1 -> post("/api/v1/suppressions", Json.write(Map.of("phone", person(), "reason", "asked")));
                case 2 -> addLead();
                case 3 ->
                    operator(user)
                            .body(Json.write(Map.of("message", "Text " + done.size())))
                            .patch("/api/v1/campaigns/" + campaign);
                case 4 ->
                    post(
                            "/api/v1/leads/move",
                            Json.write(Map.of("from_device_id", devices.get(0), "to_device_id", devices.get(1))));
                case 5 -> operator(user).delete("/api/v1/leads/" + anyLead());
                // To a phone that may be somebody else's, of this device or another.
                default ->
                    operator(user).body(Json.write(Map.of("phone", person()))).patch("/api/v1/leads/" + anyLead());
            }
        }

        /** Some of them are a person who stands on another device already; the same twice is refused, which is as well. */
        private void addLead() {
            String id = operator(user)
                    .body(Json.write(Map.of(
                            "device_id", devices.get(random.nextInt(3)), "phone", person(), "niche", "ecommerce")))
                    .post("/api/v1/leads")
                    .path("id");
            if (id != null) {
                leads.add(id);
            }
        }

        private String anyLead() {
            return leads.get(random.nextInt(leads.size()));
        }

        private String person() {
            return Cast.phone(random.nextInt(PEOPLE));
        }

        private void post(String path, String body) {
            operator(user).body(body).post(path);
        }
    }
}
