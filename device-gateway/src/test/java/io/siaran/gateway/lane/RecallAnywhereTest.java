package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.HeldLock;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import io.siaran.model.Send;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever in its turn a recall meets a try, it was sent or it is given back, never both and never neither. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RecallAnywhereTest extends TurnScene {

    private static final long HALT = 20_260_713;

    private HaltingJournal journal;
    private final Told send = new Told();
    private final Told recall = new Told();
    private Registered merah;
    private Send message;
    private Lanes lanes;

    /** Where the recall comes, and what the try ends with. */
    enum Point {
        BEFORE_IT_IS_QUEUED(DeliveryEvent.Returned.class),
        IN_THE_PAUSE_BEFORE_IT(DeliveryEvent.Returned.class),
        WHILE_IT_IS_TOLD_TO_WAIT(DeliveryEvent.Returned.class),
        BEFORE_ITS_GROUP(DeliveryEvent.Returned.class),
        BEFORE_ITS_LOCK(DeliveryEvent.Returned.class),
        BEHIND_ITS_LOCK_BEFORE_ITS_ROW(DeliveryEvent.Returned.class),
        BEHIND_ITS_ROW_BEFORE_THE_COMMIT(DeliveryEvent.Accepted.class),
        BEFORE_THE_REQUEST(DeliveryEvent.Accepted.class),
        BEFORE_A_REQUEST_THAT_COMES_TOO_LATE(DeliveryEvent.Returned.class),
        IN_THE_CALL(DeliveryEvent.Accepted.class),
        BEFORE_IT_IS_SETTLED(DeliveryEvent.Accepted.class),
        WHILE_IT_IS_SETTLED(DeliveryEvent.Accepted.class),
        AFTER_IT_WAS_SETTLED(DeliveryEvent.Accepted.class);

        private final Class<? extends DeliveryEvent> end;

        Point(Class<? extends DeliveryEvent> end) {
            this.end = end;
        }
    }

    @AfterEach
    void haltNobody() {
        database.run("DROP FUNCTION IF EXISTS halt CASCADE");
    }

    @ParameterizedTest
    @EnumSource
    void a_try_is_sent_or_given_back(Point point) throws Exception {
        // Given
        merah = Cast.onlineDevice(Cast.SINAR, "merah");
        message = Cast.send(merah, Cast.message(), Cast.ANI);
        journal = journal();
        lanes = lanes(journal);

        // When
        meetAt(point);

        // Then
        send.awaitSettled();
        recall.awaitSettled();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ends()).isNotEmpty().containsOnly(point.end));
        assertThat(delivered()).hasSize(point.end == DeliveryEvent.Accepted.class ? 1 : 0);
    }

    private void meetAt(Point point) throws Exception {
        switch (point) {
            case BEFORE_IT_IS_QUEUED -> {
                giveBack();
                add();
            }
            case IN_THE_PAUSE_BEFORE_IT -> {
                Semaphore waits = new Semaphore(0);
                journal.whenToldToWait = waits::release;
                addAfterAPause();
                waits.acquire();
                giveBack();
            }
            case WHILE_IT_IS_TOLD_TO_WAIT -> {
                journal.whenToldToWait = this::giveBackOnce;
                addAfterAPause();
            }
            case BEFORE_ITS_GROUP -> addHaltedBy(() -> journal.beforeBegin = this::giveBackOnce);
            case BEFORE_ITS_LOCK -> {
                speak();
                message = Cast.send(merah, Cast.message(), Cast.BUDI);
                addBehind(HeldLock.ofPacing(database, merah.id()));
            }
            case BEHIND_ITS_LOCK_BEFORE_ITS_ROW -> addHaltedIn("BEFORE INSERT", "started");
            case BEHIND_ITS_ROW_BEFORE_THE_COMMIT -> addHaltedIn("AFTER INSERT", "started");
            case BEFORE_THE_REQUEST -> addHaltedBy(() -> journal.afterBegin = this::giveBack);
            case BEFORE_A_REQUEST_THAT_COMES_TOO_LATE ->
                addHaltedBy(() -> journal.afterBegin = () -> {
                    giveBack();
                    await().pollDelay(turnConfig.latestRequest().plusMillis(100))
                            .until(() -> true);
                });
            case IN_THE_CALL -> {
                Simulator.fault(merah.token(), "SLOW_BODY", Map.of("delay_ms", 1_500));
                add();
                await().atMost(PATIENCE).until(() -> !delivered().isEmpty());
                giveBack();
            }
            case BEFORE_IT_IS_SETTLED -> addHaltedBy(() -> journal.beforeSettle = this::giveBackOnce);
            case WHILE_IT_IS_SETTLED -> addHaltedIn("BEFORE UPDATE", "accepted");
            case AFTER_IT_WAS_SETTLED -> addHaltedBy(() -> journal.afterSettle = this::giveBackOnce);
        }
    }

    private void add() {
        lanes.add(0, message, send);
    }

    /** The device has spoken, and these are the first words that its lane hears of since. */
    private void addAfterAPause() {
        speak();
        lanes.leave(_ -> true);
        message = Cast.send(merah, Cast.message(), Cast.BUDI, 1, null, 60);
        add();
    }

    private void addHaltedBy(Runnable halt) {
        halt.run();
        add();
    }

    /** The turn waits in the middle of the statement that does that to its row. */
    private void addHaltedIn(String moment, String state) throws InterruptedException {
        database.run("CREATE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_advisory_xact_lock(" + HALT + "); RETURN NEW; END'");
        database.run("CREATE TRIGGER halt " + moment + " ON send_journal FOR EACH ROW WHEN (NEW.state = '" + state
                + "' AND NEW.message_id = '" + message.messageId() + "') EXECUTE FUNCTION halt()");
        addBehind(HeldLock.advisory(database, HALT));
    }

    private void addBehind(HeldLock lock) throws InterruptedException {
        try (lock) {
            add();
            HeldLock.awaitWaiting(database);
            giveBack();
        }
    }

    /** The device has spoken. */
    private void speak() {
        Told first = new Told();
        lanes.add(0, Cast.send(merah, Cast.message(), Cast.ANI), first);
        first.awaitSettled();
    }

    private void giveBackOnce() {
        if (recall.end().equals("taken")) {
            giveBack();
        }
    }

    /** Recalls, and goes on when that is done or waits for the turn. */
    private void giveBack() {
        long waiting = HeldLock.waiting(database);
        lanes.recall(recall(message), recall);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> recall.isSettled() || HeldLock.waiting(database) > waiting);
    }

    private List<Class<?>> ends() {
        MessageId id = message.messageId();
        return events(merah).stream()
                .filter(event -> event.messageId().equals(id))
                .<Class<?>>map(Object::getClass)
                .distinct()
                .toList();
    }

    private List<Object> delivered() {
        return Simulator.deliveries(merah.token()).stream()
                .map(delivery -> delivery.get("ref_id"))
                .filter(message.messageId().toString()::equals)
                .toList();
    }
}
