package io.siaran.kafka;

import io.siaran.model.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How an installation wants its topics.
 *
 * @param retention of logs; the gateway keeps its journal longer, so that a command which Kafka brings again finds its trace
 */
record TopicPlan(int partitions, short replication, int minInsync, Duration retention, Duration deadLetterRetention) {

    static final String MIN_INSYNC = "min.insync.replicas";

    TopicPlan {
        if (minInsync > replication) {
            throw new IllegalArgumentException("--min-insync is at most --replication");
        }
    }

    /** Every topic, and that of its dead letters. */
    Stream<NewTopic> all() {
        return Stream.of(Topic.values()).flatMap(topic -> Stream.of(records(topic), deadLetters(topic)));
    }

    private NewTopic records(Topic topic) {
        Map<String, String> settings = common();
        if (topic.compacted()) {
            settings.put("cleanup.policy", "compact");
            // A reader that was away for less than this hears of every deletion.
            settings.put("delete.retention.ms", millis(retention));
        } else {
            settings.put("cleanup.policy", "delete");
            settings.put("retention.ms", millis(retention));
        }
        return new NewTopic(topic.topicName(), partitions, replication).configs(settings);
    }

    /** One partition: they are few, and read in the order in which they came. A letter is larger than its record. */
    private NewTopic deadLetters(Topic topic) {
        Map<String, String> settings = common();
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", millis(deadLetterRetention));
        return new NewTopic(topic.deadLetters(), 1, replication).configs(settings);
    }

    private Map<String, String> common() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(MIN_INSYNC, Integer.toString(minInsync));
        // Never a leader that lacks what was acknowledged.
        settings.put("unclean.leader.election.enable", "false");
        return settings;
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
