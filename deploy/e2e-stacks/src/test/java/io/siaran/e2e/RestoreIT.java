package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.launcher.Service;
import io.siaran.model.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The drill of docs/operations.md: the databases of an earlier moment, no topics, and phones that know better. */
class RestoreIT {

    private static final int LEADS = 40;
    private static final int LATE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** As release.sql leaves it until Kafka has it; the moment of a backup may fall in between. Valid for longer than the drill takes. */
    private static final String RELEASED_AND_NOT_TOLD = """
            INSERT INTO outbox (topic, key, payload)
            SELECT 'device-sends', device_id, send_record(id, try_no, user_id, device_id, now() + interval '1 hour', superseded_try, kind,
              recipient_phone, recipient_name, attributes, niche, type, message, media_url, 0, 0, anti_spam, time_zone, check_number)
            FROM broadcast_messages WHERE status = 'processing' ORDER BY id""";

    /** As the gateway leaves it until Kafka has it: that a platform had trouble, after which dispatch sends the message once more. */
    private static final String NOT_SENT_AND_NOT_TOLD = """
            SELECT concat('INSERT INTO outbox (topic, key, payload) VALUES ',
              string_agg(format('(''delivery-events'', %L, %L)', device_id, jsonb_build_object('record', 'returned', 'message_id', id,
                'try_no', try_no, 'user_id', user_id, 'device_id', device_id, 'at', now(), 'reason', 'platform_trouble')), ', '))
            FROM broadcast_messages WHERE status = 'processing'""";

    private final Handbook handbook = new Handbook();

    @Test
    void nothing_is_sent_twice_and_what_was_told_and_not_read_at_the_moment_of_the_backup_counts() {
        try (UpCommand siaran = new UpCommand()) {
            // Given
            siaran.up();
            Ledger ledger = new Ledger(siaran.simulatorUrl());
            UnreadFacts unread = new UnreadFacts(shop(siaran, "kedai-gita"), ledger);
            Shop fajar = shop(siaran, "kedai-fajar");
            UUID biru = fajar.device("biru");
            fajar.leads(LATE, "biru", biru, "late", "");
            UUID late = fajar.campaign("Late", "late", "Triggered after the moment");
            Shop eka = shop(siaran, "kedai-eka");
            UUID device = eka.device("merah");
            eka.credentials().forEach(each -> ledger.holdEveryCallOpen(each, Duration.ofMillis(400)));
            eka.leads(LEADS, "merah", device, "restored", "");
            unread.tell(siaran);
            UUID campaign = eka.triggeredCampaign("Restored", "restored", "What is in the backup");
            await().atMost(PATIENCE)
                    .until(() -> eka.crm().messages(campaign).size() == LEADS
                            && ledger.of(eka.credentials()).size() >= 5);
            siaran.interruptUp();
            whileNothingRuns(siaran, () -> {
                unread.letReadersGoOn(siaran);
                comesDue(siaran, late);
            });
            Path backup = siaran.home().resolve("backup");
            copy(siaran.home().resolve("postgres"), backup);

            // When
            goOn(siaran, eka, campaign, () -> ledger.of(fajar.credentials()).size() == LATE);
            loseEverythingAndRestore(siaran, backup);
            long inFlight = whileNothingRuns(siaran, () -> settleByTheHandbook(siaran));
            siaran.up();
            awaitByTheHandbook(siaran, () -> fajar.crm().messages(late).size() == LATE);
            UUID askedSince = fajar.message(biru, "60139990002", "After the restore");
            cancelByTheHandbook(siaran, "kedai-fajar");
            new Crm(siaran.baseUrl(), siaran.token("operations", "admin"))
                    .exchange("POST", "/queue/resume", "{\"scope\":\"fleet\"}");

            // Then
            assertThat(inFlight).isPositive();
            Verdict.nothingDoubledAndNothingLost(eka, ledger, campaign, LEADS, (int) inFlight, (int) inFlight);
            assertThat(ledger.of(eka.credentials()))
                    .as("the phones have what the backup did not know of")
                    .extracting(Ledger.Delivery::phone)
                    .containsAnyElementsOf(phonesOfTheUnknown(eka, campaign));
            unread.verify();
            assertThat(fajar.crm().messages(late))
                    .extracting(Message::getStatus)
                    .containsOnly(MessageState.CANCELLED);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    fajar.crm().desk().message(askedSince).getStatus())
                            .isEqualTo(MessageState.SENT));
            assertThat(ledger.of(fajar.credentials())).hasSize(LATE + 1);
        }
    }

    @Test
    void every_topic_is_made_anew() {
        assertThat(Arrays.stream(Topic.values())
                        .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetters()))
                        .filter(topic -> !handbook.topics().matcher(topic).matches()))
                .isEmpty();
    }

    private static Shop shop(UpCommand siaran, String user) {
        return new Shop(user, new Crm(siaran.baseUrl(), siaran.token(user)), siaran.simulatorUrl());
    }

    private static List<String> phonesOfTheUnknown(Shop shop, UUID campaign) {
        return shop.crm().messages(campaign).stream()
                .filter(message -> message.getStatus() == MessageState.UNKNOWN)
                .map(Message::getRecipientPhone)
                .toList();
    }

    private static void comesDue(UpCommand siaran, UUID campaign) {
        siaran.database(Service.CAMPAIGN)
                .run("UPDATE campaigns SET scheduled_at = now() WHERE id = '%s'".formatted(campaign));
    }

    /** What is forgotten later: what the gateways had been told goes out, and so does whatever comes due; of the shop nothing else is released. */
    private static void goOn(UpCommand siaran, Shop shop, UUID campaign, Callable<Boolean> more) {
        whileNothingRuns(
                siaran,
                () -> siaran.database(Service.DISPATCH)
                        .run("INSERT INTO stops (scope, user_id, stopped_by) VALUES ('user', 'kedai-eka', 'a drill')"));
        siaran.up();
        await().atMost(PATIENCE)
                .until(() -> shop.crm().messages(campaign).stream()
                        .noneMatch(message -> message.getStatus() == MessageState.PROCESSING));
        await().atMost(PATIENCE).until(more);
        siaran.interruptUp();
    }

    private static void loseEverythingAndRestore(UpCommand siaran, Path backup) {
        PackagedStack.delete(siaran.home().resolve("kafka"));
        PackagedStack.delete(siaran.home().resolve("postgres"));
        copy(backup, siaran.home().resolve("postgres"));
    }

    /** Answers how many messages were in flight. */
    private long settleByTheHandbook(UpCommand siaran) {
        long inFlight = siaran.database(Service.DISPATCH)
                .number("SELECT count(*) FROM broadcast_messages WHERE status = 'processing'");
        siaran.database(Service.GATEWAY).run(siaran.database(Service.DISPATCH).text(NOT_SENT_AND_NOT_TOLD));
        siaran.database(Service.DISPATCH).run(RELEASED_AND_NOT_TOLD);
        handbook.step(3).forEach(each -> siaran.database(each.service()).run(each.sql()));
        return inFlight;
    }

    private void awaitByTheHandbook(UpCommand siaran, Callable<Boolean> read) {
        await().atMost(PATIENCE).until(read);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(handbook.step(6))
                        .allSatisfy(each -> assertThat(
                                        siaran.database(each.service()).number(each.sql()))
                                .as(each.toString())
                                .isZero()));
    }

    private void cancelByTheHandbook(UpCommand siaran, String user) {
        handbook.step(7)
                .forEach(each ->
                        siaran.database(each.service()).run(each.sql() + " AND user_id = '%s'".formatted(user)));
    }

    private static void whileNothingRuns(UpCommand siaran, Runnable typed) {
        whileNothingRuns(siaran, () -> {
            typed.run();
            return 0;
        });
    }

    private static <T> T whileNothingRuns(UpCommand siaran, Supplier<T> typed) {
        try (LocalPostgres postgres =
                LocalPostgres.start(siaran.home().resolve("postgres"), siaran.postgresPort(), Durability.DURABLE)) {
            return typed.get();
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    // PostgreSQL refuses a directory that others may read.
                    Files.createDirectory(
                            copy, PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(file)));
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
