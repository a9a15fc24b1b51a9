package io.siaran.kafka;

import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the topics as planned; repeated, it changes nothing. */
final class TopicSetup {

    private final Admin admin;
    private final TopicPlan plan;
    private final boolean lowersInsync;
    private final PrintStream out;

    /**
     * @param lowersInsync whether a topic that is there may have fewer replicas in sync than it had
     */
    TopicSetup(Admin admin, TopicPlan plan, boolean lowersInsync, PrintStream out) {
        this.admin = admin;
        this.plan = plan;
        this.lowersInsync = lowersInsync;
        this.out = out;
    }

    /**
     * Whether every topic is now as planned; what is not is told, and the others are.
     *
     * @throws KafkaException when Kafka refuses or does not answer
     */
    boolean apply() {
        try {
            List<NewTopic> topics = plan.all().toList();
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = topics.stream()
                    .filter(each -> !existing.contains(each.name()))
                    .toList();
            admin.createTopics(missing).all().get();
            missing.forEach(each -> out.println("created " + each.name()));
            List<NewTopic> there = topics.stream()
                    .filter(each -> existing.contains(each.name()))
                    .toList();
            Map<String, TopicDescription> found = describe(there);
            List<NewTopic> settable = there.stream()
                    .filter(each -> hasReplicasEnough(found.get(each.name())))
                    .toList();
            set(settable);
            return partitionsAreAsPlanned(there, found) && settable.size() == there.size();
        } catch (ExecutionException refused) {
            throw new KafkaException(refused.getCause().getMessage(), refused.getCause());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new KafkaException(ending);
        }
    }

    private void set(List<NewTopic> topics) throws ExecutionException, InterruptedException {
        Set<String> keeping = lowersInsync ? Set.of() : withMoreInsync(topics);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        topics.forEach(topic -> changes.put(
                resource(topic),
                topic.configs().entrySet().stream()
                        .filter(each -> !each.getKey().equals(TopicPlan.MIN_INSYNC) || !keeping.contains(topic.name()))
                        .map(each -> new AlterConfigOp(
                                new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
                        .toList()));
        admin.incrementalAlterConfigs(changes).all().get();
    }

    /** Those whose records have to be on more replicas than is planned. */
    private Set<String> withMoreInsync(List<NewTopic> topics) throws ExecutionException, InterruptedException {
        Map<ConfigResource, Config> settings = admin.describeConfigs(
                        topics.stream().map(TopicSetup::resource).toList())
                .all()
                .get();
        Set<String> keeping = new TreeSet<>();
        settings.forEach((topic, config) -> {
            int insync = Integer.parseInt(config.get(TopicPlan.MIN_INSYNC).value());
            if (insync > plan.minInsync()) {
                keeping.add(topic.name());
                out.printf(
                        "%s keeps %s=%d, not %d: what is written would be safe on fewer brokers (--lower-min-insync yes)%n",
                        topic.name(), TopicPlan.MIN_INSYNC, insync, plan.minInsync());
            }
        });
        return keeping;
    }

    private static ConfigResource resource(NewTopic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private Map<String, TopicDescription> describe(List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(topics.stream().map(NewTopic::name).collect(Collectors.toSet()))
                .allTopicNames()
                .get();
    }

    /** A topic that asks for more replicas in sync than it has takes no record any more. */
    private boolean hasReplicasEnough(TopicDescription topic) {
        int fewest = topic.partitions().stream()
                .mapToInt(each -> each.replicas().size())
                .min()
                .orElse(0);
        if (fewest < plan.minInsync()) {
            out.printf(
                    "%s has %d replicas, and with min.insync.replicas=%d would take no record: left as it is until it has"
                            + " more (kafka-reassign-partitions)%n",
                    topic.name(), fewest, plan.minInsync());
        }
        return fewest >= plan.minInsync();
    }

    private boolean partitionsAreAsPlanned(List<NewTopic> topics, Map<String, TopicDescription> found) {
        List<NewTopic> others = topics.stream()
                .filter(each -> found.get(each.name()).partitions().size() != each.numPartitions())
                .toList();
        others.forEach(each -> out.printf(
                "%s has %d partitions, not %d: their number is fixed at the installation, since a key would change its"
                        + " partition and lose its order%n",
                each.name(), found.get(each.name()).partitions().size(), each.numPartitions()));
        return others.isEmpty();
    }
}
