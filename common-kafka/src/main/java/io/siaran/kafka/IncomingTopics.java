package io.siaran.kafka;

import io.siaran.model.Topic;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The topics that this service reads, with its group on each: the channel of a topic is called as the topic. */
final class IncomingTopics {

    private IncomingTopics() {}

    static Map<Topic, String> groups(Config config) {
        Map<Topic, String> groups = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            config.getOptionalValue("mp.messaging.incoming." + topic.topicName() + ".group.id", String.class)
                    .ifPresent(group -> groups.put(topic, group));
        }
        return groups;
    }
}
