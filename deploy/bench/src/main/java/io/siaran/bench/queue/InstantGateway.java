package io.siaran.bench.queue;

import io.siaran.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Accepts whatever is released, at once or at a pace, and hears of what was settled. It reads the few fields that it needs by hand: what
 * it costs is taken from the two sides of no ratio but ours.
 */
final class InstantGateway implements AutoCloseable {

    /** When a message was released and settled, both by the database's clock. */
    record Passage(String device, Instant due, Instant released, Instant settled) {

        Duration inFlight() {
            return Duration.between(released, settled);
        }

        Duration waited() {
            return Duration.between(due, released);
        }
    }

    /** An outcome that is to be told. */
    private record Answer(String device, String json) {}

    /** Answers as soon as it can, which is what it does at first. */
    static final double AT_ONCE = Double.POSITIVE_INFINITY;

    /** How long it waits for releases before it answers those that it has: as fine as its pace is. */
    private static final Duration BEAT = Duration.ofMillis(10);

    /** What it may make up for after a pause of its own, in seconds: no burst. */
    private static final double SLACK = 0.05;

    /** What a release adds to its own time to make {@code not_after}, when no message has a pause. */
    private static final Duration START_GRACE = Duration.ofSeconds(120);

    private final Map<String, Object> common;
    private final Map<String, Instant> released = new ConcurrentHashMap<>();
    private final Queue<Passage> passages = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> settled = new ConcurrentHashMap<>();
    private final LongAdder allSettled = new LongAdder();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private volatile double rate = AT_ONCE;
    private final List<Thread> threads;
    private volatile boolean closing;

    InstantGateway(String kafka) {
        this.common = Map.of("bootstrap.servers", kafka);
        this.threads = List.of(
                Thread.ofPlatform().name("instant-gateway").start(this::accept),
                Thread.ofPlatform().name("status-reader").start(this::hear));
    }

    /** Answers this many a second from now on. */
    void pace(double answersASecond) {
        rate = answersASecond;
    }

    /** How many were settled since it began. */
    long settled() {
        return allSettled.sum();
    }

    /** How many of these were of one device. */
    long settledOf(String device) {
        LongAdder count = settled.get(device);
        return count == null ? 0 : count.sum();
    }

    /** What passed since the last time. */
    List<Passage> take() {
        List<Passage> taken = new ArrayList<>();
        for (Passage passage = passages.poll(); passage != null; passage = passages.poll()) {
            taken.add(passage);
        }
        return taken;
    }

    private void accept() {
        try (KafkaConsumer<String, String> sends = consumer(Topic.DEVICE_SENDS);
                KafkaProducer<String, String> events = new KafkaProducer<>(
                        with("acks", "all", "compression.type", "lz4", "linger.ms", "2"),
                        new StringSerializer(),
                        new StringSerializer())) {
            double credit = 0;
            for (long last = System.nanoTime(); !closing; ) {
                sends.poll(BEAT).forEach(this::take);
                long now = System.nanoTime();
                credit = Math.min(credit + rate * Math.max(1, now - last) / 1e9, rate * SLACK);
                last = now;
                credit -= answer(events, credit);
            }
        }
    }

    private void take(ConsumerRecord<String, String> send) {
        String id = Field.text(send.value(), "message_id");
        released.put(id, Instant.parse(Field.text(send.value(), "not_after")).minus(START_GRACE));
        answers.add(new Answer(send.key(), accepted(send.value(), id)));
    }

    /** Answers at most so many, those released first; says how many. */
    private int answer(KafkaProducer<String, String> events, double atMost) {
        int answered = 0;
        while (answered + 1 <= atMost && !answers.isEmpty()) {
            Answer answer = answers.remove();
            var unused = events.send(
                    new ProducerRecord<>(Topic.DELIVERY_EVENTS.topicName(), answer.device(), answer.json()));
            answered++;
        }
        return answered;
    }

    private static String accepted(String send, String id) {
        return """
                {"record":"accepted","message_id":"%s","try_no":%s,"user_id":"%s","device_id":"%s","at":"%s",\
                "provider_message_id":"%s","sent_text":"Hi, the sale that you waited for has begun: 50%% off everything!"}""".formatted(
                        id,
                        Field.number(send, "try_no"),
                        Field.text(send, "user_id"),
                        Field.text(send, "device_id"),
                        Instant.now(),
                        id);
    }

    private void hear() {
        try (KafkaConsumer<String, String> statuses = consumer(Topic.MESSAGE_STATUS)) {
            while (!closing) {
                for (ConsumerRecord<String, String> status : statuses.poll(Duration.ofMillis(100))) {
                    String id = Field.text(status.value(), "message_id");
                    Instant release = released.remove(id);
                    if (release != null) {
                        passages.add(passage(id, status, release));
                        settled.computeIfAbsent(status.key(), device -> new LongAdder())
                                .increment();
                        allSettled.increment();
                    }
                }
            }
        }
    }

    private static Passage passage(String id, ConsumerRecord<String, String> status, Instant release) {
        Instant due = Instant.ofEpochMilli(Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16));
        return new Passage(status.key(), due, release, Instant.parse(Field.text(status.value(), "occurred_at")));
    }

    private KafkaConsumer<String, String> consumer(Topic topic) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                with(
                        "group.id", "bench-" + topic.topicName(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "max.poll.records", "5000"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(topic.topicName()));
        return consumer;
    }

    private Map<String, Object> with(String... settings) {
        Map<String, Object> all = new ConcurrentHashMap<>(common);
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
