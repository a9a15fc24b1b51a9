package io.siaran.dispatch.outcome;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.ReturnReason;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code delivery-events} into the queue, a batch a transaction. */
@ApplicationScoped
class DeliveryIntake {

    private final RecordIntake intake;
    private final Database database;
    private final ApplyDeliveryEvents settling;
    private final Outbox outbox;
    private final WorkSignal work;
    private final Counter refusals;

    DeliveryIntake(
            RecordIntake intake,
            Database database,
            ApplyDeliveryEvents settling,
            Outbox outbox,
            WorkSignal work,
            MeterRegistry metrics) {
        this.intake = intake;
        this.database = database;
        this.settling = settling;
        this.outbox = outbox;
        this.work = work;
        this.refusals = Counter.builder("siaran.device.refused")
                .description(
                        "tries that came back because the platform refused their device: its state holds it, an operator mends it")
                .register(metrics);
    }

    /** Makes this bean, and with it its series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Incoming("delivery-events")
    @Blocking(ordered = true)
    void take(ConsumerRecords<String, String> batch) {
        intake.take(Topic.DELIVERY_EVENTS, batch, DeliveryEvent.class, this::apply);
    }

    private void apply(List<DeliveryEvent> events) {
        database.doInTransaction(tx -> settling.settle(tx, events));
        refusals.increment(events.stream().filter(DeliveryIntake::isRefusal).count());
        outbox.wake();
        work.ring();
    }

    private static boolean isRefusal(DeliveryEvent event) {
        return event instanceof DeliveryEvent.Returned returned && returned.reason() == ReturnReason.DEVICE_REFUSED;
    }
}
