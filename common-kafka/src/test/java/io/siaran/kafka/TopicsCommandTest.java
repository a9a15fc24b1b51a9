package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.LocalKafka;
import io.siaran.localstack.Ports;
import io.siaran.model.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a broker of its own, which has no topics. */
class TopicsCommandTest {

    private static final List<String> ASKED = List.of("--replication", "1", "--min-insync", "1");

    @TempDir
    static Path directory;

    private static LocalKafka kafka;

    @BeforeAll
    static void start() {
        List<Integer> ports = Ports.free(2);
        kafka = LocalKafka.start(directory, ports.get(0), ports.get(1));
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    @Test
    void it_makes_every_topic_once_and_renews_their_settings_but_never_their_partitions() throws Exception {
        assertThat(run("--partitions", "3").code()).isZero();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            assertThat(admin.listTopics().names().get()).hasSize(2 * Topic.values().length);
            assertThat(setting(admin, "device-sends", "retention.ms")).isEqualTo("604800000");
            assertThat(setting(admin, "leads", "cleanup.policy")).isEqualTo("compact");

            Answer again = run("--partitions", "3", "--retention-days", "5");
            assertThat(again.code()).isZero();
            assertThat(again.said()).doesNotContain("created");
            await().untilAsserted(() ->
                    assertThat(setting(admin, "device-sends", "retention.ms")).isEqualTo("432000000"));

            Answer more = run("--partitions", "4");
            assertThat(more.code()).isEqualTo(1);
            assertThat(more.said())
                    .contains("device-sends has 3 partitions, not 4")
                    .doesNotContain("-dlq");

            Answer safer = run("--partitions", "3", "--replication", "3", "--min-insync", "2");
            assertThat(safer.code()).isEqualTo(1);
            assertThat(safer.said()).contains("device-sends has 1 replicas", "device-sends-dlq has 1 replicas");
            assertThat(setting(admin, "device-sends", "min.insync.replicas")).isEqualTo("1");
        }
    }

    /** Who repeats it with a profile of fewer brokers would have what is written acknowledged by one replica alone, in silence. */
    @Test
    void the_replicas_in_sync_of_a_topic_that_is_there_are_lowered_only_where_that_is_said() throws Exception {
        assertThat(run("--partitions", "3").code()).isZero();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            twoInSync(admin, "device-sends");

            Answer again = run("--partitions", "3", "--retention-days", "6");
            assertThat(again.code()).isZero();
            await().untilAsserted(() ->
                    assertThat(setting(admin, "device-sends", "retention.ms")).isEqualTo("518400000"));
            assertThat(setting(admin, "device-sends", "min.insync.replicas")).isEqualTo("2");
            assertThat(again.said())
                    .contains("device-sends keeps min.insync.replicas=2", "--lower-min-insync yes")
                    .doesNotContain("leads keeps");

            Answer lower = run("--partitions", "3", "--lower-min-insync", "yes");
            assertThat(lower.code()).isZero();
            assertThat(lower.said()).doesNotContain("keeps");
            await().untilAsserted(() -> assertThat(setting(admin, "device-sends", "min.insync.replicas"))
                    .isEqualTo("1"));
        }
    }

    private static void twoInSync(Admin admin, String topic) throws Exception {
        AlterConfigOp two = new AlterConfigOp(new ConfigEntry("min.insync.replicas", "2"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(two)))
                .all()
                .get();
        await().untilAsserted(() ->
                assertThat(setting(admin, topic, "min.insync.replicas")).isEqualTo("2"));
    }

    @Test
    void what_it_does_not_know_is_refused() {
        assertThat(run("--lower-min-insync", "perhaps").code()).isEqualTo(2);
        assertThat(run("--partition", "3").code()).isEqualTo(2);
        assertThat(run("--partitions", "many").code()).isEqualTo(2);
        assertThat(run("--min-insync", "2").code()).isEqualTo(2);
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(name).value();
    }

    private static Answer run(String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> words = new java.util.ArrayList<>(ASKED);
        words.addAll(List.of(more));
        int code = new TopicsCommand(new PrintStream(out, true, StandardCharsets.UTF_8))
                .run(Map.of("SIARAN_KAFKA", kafka.address()), words.toArray(String[]::new));
        return new Answer(code, out.toString(StandardCharsets.UTF_8));
    }

    private record Answer(int code, String said) {}
}
