package io.siaran.bench.campaigns;

import io.siaran.bench.queue.Report;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * From the call that opts somebody out until Kafka has it, while other users move all leads of their dead devices: both go by the
 * outbox.
 */
final class OptOutBesideMoves {

    private static final double BAR_SECONDS = 1;
    private static final int MOVERS = 4;
    private static final int ALONE = 20;
    private static final Pattern NOTHING_LEFT = Pattern.compile("\"remaining\":0\\b");

    private final Site site;
    private final int leads;
    private int people;

    /** @param leads of all movers together */
    OptOutBesideMoves(Site site, int leads) {
        this.site = site;
        this.leads = leads;
    }

    void measure(Report report) throws Exception {
        store();
        try (KafkaConsumer<String, String> told = suppressions();
                ExecutorService movers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Double> alone = new ArrayList<>();
            for (int i = 0; i < ALONE; i++) {
                alone.add(optOut(told));
            }
            long from = System.nanoTime();
            List<Future<?>> moves = IntStream.range(0, MOVERS)
                    .<Future<?>>mapToObj(mover -> movers.submit(() -> moveAll(mover)))
                    .toList();
            List<Double> beside = new ArrayList<>();
            while (!moves.stream().allMatch(Future::isDone)) {
                beside.add(optOut(told));
            }
            for (Future<?> move : moves) {
                move.get();
            }
            tell(report, alone, beside, (System.nanoTime() - from) / 1e9);
        }
    }

    private void tell(Report report, List<Double> alone, List<Double> beside, double seconds) {
        double slowest = Collections.max(beside);
        report.atMost(
                BAR_SECONDS,
                "an opt-out beside %,d leads that move".formatted(leads),
                "%.0f ms, the slowest of %d".formatted(slowest * 1_000, beside.size()),
                "seconds; alone %.0f ms; %,.0f leads/s moved"
                        .formatted(Collections.max(alone) * 1_000, leads / seconds),
                slowest);
    }

    /** Seconds until the news is on the topic. */
    private double optOut(KafkaConsumer<String, String> told) throws Exception {
        PhoneNumber phone = new PhoneNumber(String.valueOf(60_160_000_000L + people++));
        String key = Suppression.key(new UserId(Site.USER), phone);
        long from = System.nanoTime();
        site.post(
                "/api/v1/suppressions",
                "application/json",
                BodyPublishers.ofString("{\"phone\": \"%s\", \"reason\": \"asked\"}".formatted(phone)));
        boolean here = false;
        while (!here) {
            for (var record : told.poll(Duration.ofSeconds(1))) {
                here |= record.key().equals(key);
            }
        }
        return (System.nanoTime() - from) / 1e9;
    }

    private Void moveAll(int mover) throws Exception {
        String body = "{\"from_device_id\": \"%s\", \"to_device_id\": \"%s\"}"
                .formatted(device(mover, "dead"), device(mover, "live"));
        String answer = "";
        while (!NOTHING_LEFT.matcher(answer).find()) {
            answer = site.post(user(mover), "/api/v1/leads/move", "application/json", BodyPublishers.ofString(body));
        }
        return null;
    }

    private KafkaConsumer<String, String> suppressions() {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        site.kafka(),
                        "isolation.level",
                        "read_committed",
                        "fetch.max.wait.ms",
                        "10"),
                new StringDeserializer(),
                new StringDeserializer());
        String topic = Topic.SUPPRESSIONS.topicName();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private void store() throws SQLException {
        for (int mover = 0; mover < MOVERS; mover++) {
            site.sql("""
                    INSERT INTO devices (id, user_id, name, status, version, deleted)
                    VALUES ('%s', '%s', 'Dead', 'offline', 1, false), ('%s', '%2$s', 'Live', 'online', 1, false)
                    """.formatted(device(mover, "dead"), user(mover), device(mover, "live")), """
                    INSERT INTO leads (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger,
                                       version, created_at, updated_at)
                    SELECT gen_random_uuid(), '%s', '%s', (60120000000 + i)::text, 'Name ' || i, 'ecommerce', ARRAY['ecommerce'],
                           'prospect', '', 1, clock_timestamp(), clock_timestamp()
                      FROM generate_series(1, %d) AS i
                    """.formatted(
                            user(mover), device(mover, "dead"), leads / MOVERS));
        }
        site.sql("VACUUM ANALYZE leads", "CHECKPOINT");
    }

    private static String user(int mover) {
        return "mover-" + mover;
    }

    private static String device(int mover, String which) {
        return "01936f2e-0000-7000-8000-%s%07d".formatted(which.equals("dead") ? "dead0" : "11fe0", mover);
    }
}
