package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The drill of docs/operations.md: the databases of an earlier moment, no topics, and phones that know better. */
class RestoreIT {

    private static final int LEADS = 40;
    private static final Path HANDBOOK = PackagedStack.REPOSITORY.resolve("docs/operations.md");
    private static final Pattern SETTLING =
            Pattern.compile("`(UPDATE broadcast_messages SET status = 'unknown'[^`]*)`");

    @Test
    void what_was_in_flight_at_the_moment_of_the_backup_is_unknown_and_nothing_is_sent_twice() {
        try (UpCommand siaran = new UpCommand()) {
            // Given
            siaran.up();
            Shop eka = shop(siaran);
            UUID device = eka.device("merah");
            Ledger ledger = new Ledger(siaran.simulatorUrl());
            eka.credentials().forEach(each -> ledger.holdEveryCallOpen(each, Duration.ofMillis(400)));
            eka.leads(LEADS, "merah", device, "restored", "");
            UUID campaign = eka.triggeredCampaign("Restored", "restored", "What is in the backup");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> eka.crm().messages(campaign).size() == LEADS
                            && ledger.of(eka.credentials()).size() >= 5);
            siaran.interruptUp();
            Path backup = siaran.home().resolve("backup");
            copy(siaran.home().resolve("postgres"), backup);

            // When
            goOnWithWhatIsInFlight(siaran, eka, campaign);
            loseEverythingAndRestore(siaran, backup);
            int inFlight = settleByTheHandbook(siaran);
            siaran.with("SIARAN_RELEASE_ENABLED", "true").up();

            // Then
            assertThat(inFlight).isPositive();
            Verdict.nothingDoubledAndNothingLost(eka, ledger, campaign, LEADS, inFlight, inFlight);
            assertThat(ledger.of(eka.credentials()))
                    .as("the phones have what the backup did not know of")
                    .extracting(Ledger.Delivery::phone)
                    .containsAnyElementsOf(phonesOfTheUnknown(eka, campaign));
        }
    }

    private static Shop shop(UpCommand siaran) {
        return new Shop("kedai-eka", new Crm(siaran.baseUrl(), siaran.token("kedai-eka")), siaran.simulatorUrl());
    }

    private static List<String> phonesOfTheUnknown(Shop shop, UUID campaign) {
        return shop.crm().messages(campaign).stream()
                .filter(message -> message.getStatus() == MessageState.UNKNOWN)
                .map(Message::getRecipientPhone)
                .toList();
    }

    /** What the gateways had been told goes out after the backup; nothing new is released. */
    private static void goOnWithWhatIsInFlight(UpCommand siaran, Shop shop, UUID campaign) {
        siaran.with("SIARAN_RELEASE_ENABLED", "false").up();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> shop.crm().messages(campaign).stream()
                        .noneMatch(message -> message.getStatus() == MessageState.PROCESSING));
        siaran.interruptUp();
    }

    private static void loseEverythingAndRestore(UpCommand siaran, Path backup) {
        PackagedStack.delete(siaran.home().resolve("kafka"));
        PackagedStack.delete(siaran.home().resolve("postgres"));
        copy(backup, siaran.home().resolve("postgres"));
    }

    /** As an operator does it, word for word, while no service runs. */
    private static int settleByTheHandbook(UpCommand siaran) {
        try (LocalPostgres postgres = LocalPostgres.start(
                        siaran.home().resolve("postgres"), siaran.postgresPort(), Durability.DURABLE);
                var connection = postgres.connect("dispatch");
                var statement = connection.createStatement()) {
            return statement.executeUpdate(words());
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }

    private static String words() {
        try {
            return SETTLING.matcher(Files.readString(HANDBOOK))
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
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
