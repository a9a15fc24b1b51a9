package io.siaran.bench.queue;

import io.siaran.bench.queue.InstantGateway.Passage;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a message costs, in processor time of the service and of PostgreSQL, while so many others wait. The gateway answers at
 * the same pace on both sides, below what the machine can do, and for each message that is settled another one for its
 * device comes in by Kafka: so the queue stays as deep as it is, and its batches are alike on both sides.
 */
final class Depth {

    private static final int SHALLOW = 1_000;

    /** Of each device as many are in flight as may be; what waits is beside them. */
    private static final int IN_FLIGHT = Fleet.DEVICES * 4;

    private static final int ANSWERS_A_SECOND = 1_500;

    private static final String RELEASED = "SELECT count(*) FROM broadcast_messages WHERE status = 'processing'";

    private final Arena arena;
    private final Rows rows;
    private final InstantGateway gateway;
    private final Fleet fleet = new Fleet();

    Depth(Arena arena, Rows rows, InstantGateway gateway) {
        this.arena = arena;
        this.rows = rows;
        this.gateway = gateway;
    }

    void measure(Options options, Report report) throws Exception {
        List<Double> shallow = costs(SHALLOW, options);
        List<Double> deep = costs(options.messages(), options);
        report.atMost(
                1.3,
                "a message while %,d wait, at %,d/s".formatted(options.messages(), ANSWERS_A_SECOND),
                "%,.0f µs (%s)".formatted(Figures.median(deep), Figures.spread(deep)),
                "%,d wait: %,.0f µs (%s)".formatted(SHALLOW, Figures.median(shallow), Figures.spread(shallow)),
                Figures.median(deep) / Figures.median(shallow));
    }

    private List<Double> costs(int waiting, Options options) throws Exception {
        rows.reset();
        fill(waiting);
        List<Double> costs = new ArrayList<>();
        gateway.pace(ANSWERS_A_SECOND);
        keepFull(options.seconds() / 3.0);
        for (int run = 0; run < options.runs(); run++) {
            Effort before = arena.effort();
            int settled = keepFull(options.seconds());
            Effort taken = arena.effort().since(before);
            costs.add(taken.each(settled));
            System.out.printf(
                    "%,d waiting: %s a message, %,.0f/s%n",
                    waiting, taken.split(settled), (double) settled / options.seconds());
        }
        gateway.pace(InstantGateway.AT_ONCE);
        return costs;
    }

    /** Every device has as much in flight as it may, and so many wait behind that. */
    private void fill(int waiting) throws Exception {
        Instant now = Instant.now();
        gateway.pace(0);
        rows.copy(
                "broadcast_messages",
                IntStream.range(0, IN_FLIGHT + waiting).mapToObj(i -> fleet.message(i % Fleet.DEVICES, now))::iterator);
        rows.settle();
        rows.wake();
        Wait.until("all devices are busy", () -> rows.number(RELEASED) == IN_FLIGHT);
        gateway.take();
    }

    /** Answers how many were settled in that time. */
    private int keepFull(double seconds) throws Exception {
        gateway.take();
        int settled = 0;
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", arena.kafka(), "compression.type", "lz4", "linger.ms", "5"),
                new StringSerializer(),
                new StringSerializer())) {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            while (System.nanoTime() < end) {
                List<Passage> passages = gateway.take();
                passages.forEach(passage -> publish(producer, passage.device()));
                settled += passages.size();
                Thread.sleep(20);
            }
        }
        return settled;
    }

    private void publish(KafkaProducer<String, String> producer, String device) {
        BroadcastMessage message = fleet.message(Fleet.number(device), Instant.now());
        var unused =
                producer.send(new ProducerRecord<>(Topic.BROADCAST_MESSAGES.topicName(), device, Json.write(message)));
    }
}
