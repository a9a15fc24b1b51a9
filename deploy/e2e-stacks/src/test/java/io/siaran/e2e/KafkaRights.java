package io.siaran.e2e;

import io.siaran.model.Topic;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What the user of an installation has to be allowed where Kafka asks (ACLs): the table of the handbook, and nothing else. */
final class KafkaRights {

    private KafkaRights() {}

    static List<AclBinding> of(String user) {
        Stream<AclBinding> topics = Stream.of(Topic.values())
                .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetters()))
                .map(name -> new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL))
                .flatMap(topic -> allowed(
                        user,
                        topic,
                        AclOperation.READ,
                        AclOperation.WRITE,
                        AclOperation.CREATE,
                        AclOperation.ALTER_CONFIGS));
        Stream<AclBinding> groups = Stream.of("campaign-", "sequence-", "dispatch-", "gateway-", "siaran-dead-letters")
                .map(beginning -> new ResourcePattern(ResourceType.GROUP, beginning, PatternType.PREFIXED))
                .flatMap(group -> allowed(user, group, AclOperation.READ));
        Stream<AclBinding> transactions = Stream.of("outbox-", "siaran-dead-letters")
                .map(beginning -> new ResourcePattern(ResourceType.TRANSACTIONAL_ID, beginning, PatternType.PREFIXED))
                .flatMap(id -> allowed(user, id, AclOperation.WRITE));
        return Stream.of(topics, groups, transactions).flatMap(each -> each).toList();
    }

    private static Stream<AclBinding> allowed(String user, ResourcePattern what, AclOperation... operations) {
        return Stream.of(operations)
                .map(operation -> new AclBinding(
                        what, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
    }
}
