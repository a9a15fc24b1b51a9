package io.siaran.bench.campaigns;

import io.siaran.bench.queue.Report;
import io.siaran.bench.queue.Wait;
import io.siaran.model.Topic;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** From the trigger until Kafka has the whole audience, beside a bare SELECT of it and a bare producer of the same bytes. */
final class FanOutSpeed {

    private static final double BAR = 0.5;
    private static final String BARE = "bare";
    private static final double HEAP_MEGABYTES = 256;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOOKS_BETWEEN_HEAPS = 10;

    private final Site site;
    private final Leads leads;

    FanOutSpeed(Site site, Leads leads) {
        this.site = site;
        this.leads = leads;
    }

    void measure(Report report) throws Exception {
        makeBareTopic();
        warmUp();
        for (String niche : List.of(Leads.MOST, Leads.FEW)) {
            for (String duplicates : List.of("once", "each")) {
                measure(report, niche, duplicates);
            }
        }
    }

    /** Both sides once, so that neither is measured while its JVM still compiles it: a service runs for weeks. */
    private void warmUp() throws Exception {
        Map<TopicPartition, Long> before = ends();
        secondsUntilEnded(begun(Leads.MOST, "once"), new ArrayList<>());
        select(Leads.MOST);
        produce(before);
    }

    private String begun(String niche, String duplicates) throws Exception {
        String campaign = Campaigns.create(site, niche, duplicates);
        site.post("/api/v1/campaigns/" + campaign + "/trigger", "application/json", BodyPublishers.noBody());
        return campaign;
    }

    private void measure(Report report, String niche, String duplicates) throws Exception {
        Map<TopicPartition, Long> before = ends();
        String campaign = begun(niche, duplicates);
        List<Double> heap = new ArrayList<>();
        double seconds = secondsUntilEnded(campaign, heap);
        long published = site.sql("SELECT published FROM fanouts WHERE campaign_id = '%s'".formatted(campaign));
        double bare = select(niche) + produce(before);
        double mostHeap = heap.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        System.out.printf("fan-out %s %s: %,d in %.1f s, bare %.1f s%n", niche, duplicates, published, seconds, bare);
        report.atLeast(
                BAR,
                "fan-out of %,d, %s".formatted(published, duplicates),
                "%,.0f leads/s".formatted(published / seconds),
                "SELECT and producer %,.0f/s".formatted(published / bare),
                bare / seconds);
        report.atMost(
                HEAP_MEGABYTES,
                "heap meanwhile, of %,d leads".formatted(leads.number()),
                "%.0f MB at most".formatted(mostHeap),
                "MB",
                mostHeap);
    }

    /** One connection asks all the time: a new one each time took a fifth of a core from what is measured. */
    private double secondsUntilEnded(String campaign, List<Double> heap) throws Exception {
        int[] looks = {0};
        try (Connection connection = site.connect();
                PreparedStatement ended = connection.prepareStatement(
                        "SELECT FROM fanouts WHERE campaign_id = '%s' AND ended_at IS NOT NULL".formatted(campaign))) {
            return Wait.until("the fan-out has ended", LOOK, () -> {
                // Seldom: to be asked for its metrics costs the service more than to publish a page.
                if (looks[0]++ % LOOKS_BETWEEN_HEAPS == 0) {
                    heap.add(site.heapMegabytes());
                }
                try (ResultSet row = ended.executeQuery()) {
                    return row.next();
                }
            });
        }
    }

    /** Seconds of reading all rows of the niche that the fan-out needs. */
    private double select(String niche) throws Exception {
        long from = System.nanoTime();
        try (Connection connection = site.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(1_000);
                try (ResultSet rows = statement.executeQuery(
                        "SELECT id, device_id, phone, name, attributes FROM leads WHERE user_id = '%s' AND niche_tags @> ARRAY['%s'] ORDER BY id"
                                .formatted(Site.USER, niche))) {
                    while (rows.next()) {
                        rows.getObject(1, UUID.class);
                        rows.getString(3);
                    }
                }
            }
        }
        return (System.nanoTime() - from) / 1e9;
    }

    /** Seconds of sending what the fan-out has sent once more, read beforehand in pieces. */
    private double produce(Map<TopicPartition, Long> before) {
        long nanos = 0;
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                site.kafka(),
                                "max.poll.records",
                                "20000",
                                "fetch.max.bytes",
                                "67108864"),
                        new StringDeserializer(),
                        new StringDeserializer());
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers", site.kafka(),
                                "compression.type", "lz4",
                                "linger.ms", "5",
                                "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(before.keySet());
            consumer.assign(before.keySet());
            before.forEach(consumer::seek);
            while (before.keySet().stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                List<ConsumerRecord<String, String>> piece = new ArrayList<>();
                consumer.poll(Duration.ofSeconds(1)).forEach(piece::add);
                long from = System.nanoTime();
                for (ConsumerRecord<String, String> record : piece) {
                    var unused = producer.send(new ProducerRecord<>(BARE, record.key(), record.value()));
                }
                producer.flush();
                nanos += System.nanoTime() - from;
            }
        }
        return nanos / 1e9;
    }

    /** The broker makes no topics by itself; as many partitions as what it is compared with. */
    private void makeBareTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.kafka()))) {
            admin.createTopics(List.of(new NewTopic(BARE, ends().size(), (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", site.kafka()), new StringDeserializer(), new StringDeserializer())) {
            String topic = Topic.BROADCAST_MESSAGES.topicName();
            return Map.copyOf(consumer.endOffsets(
                    IntStream.range(0, consumer.partitionsFor(topic).size())
                            .mapToObj(i -> new TopicPartition(topic, i))
                            .toList()));
        }
    }
}
