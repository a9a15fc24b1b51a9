package io.siaran.bench.queue;

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
 * What a message costs, in processor time of the service and of PostgreSQL, while so many others wait. As many come in by
 * Kafka as are settled, so that the queue stays as deep as it is; the time that processes took, and not the time that
 * passed, since a shallow queue leaves them idle now and then.
 */
final class Depth {

    private static final int SHALLOW = 1_000;

    private final Arena arena;
    private final Rows rows;
    private final InstantGateway gateway;
    private final Fleet fleet = new Fleet();
    private int next;

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
                "a message while %,d wait".formatted(options.messages()),
                "%,.0f µs (%s)".formatted(Figures.median(deep), Figures.spread(deep)),
                "%,d wait: %,.0f µs (%s)".formatted(SHALLOW, Figures.median(shallow), Figures.spread(shallow)),
                Figures.median(deep) / Figures.median(shallow));
    }

    private List<Double> costs(int waiting, Options options) throws Exception {
        rows.reset();
        gateway.take();
        Instant now = Instant.now();
        rows.copy("broadcast_messages", IntStream.range(0, waiting).mapToObj(i -> anyone(now))::iterator);
        rows.settle();
        rows.wake();
        List<Double> costs = new ArrayList<>();
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
        return costs;
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
                int more = gateway.take().size();
                for (int i = 0; i < more; i++) {
                    BroadcastMessage message = anyone(Instant.now());
                    var unused = producer.send(new ProducerRecord<>(
                            Topic.BROADCAST_MESSAGES.topicName(),
                            message.deviceId().toString(),
                            Json.write(message)));
                }
                settled += more;
                Thread.sleep(20);
            }
        }
        return settled;
    }

    private BroadcastMessage anyone(Instant planned) {
        return fleet.message(next++ % Fleet.DEVICES, planned);
    }
}
