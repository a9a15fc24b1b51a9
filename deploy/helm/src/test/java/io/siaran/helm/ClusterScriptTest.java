package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./siaran test --cluster} asks of a cluster, with tools that note what they are asked in place of the real ones: no cluster
 * is at hand here.
 */
class ClusterScriptTest {

    private static final Path SCRIPT = Chart.REPOSITORY.resolve("deploy/helm/cluster-test.sh");

    @TempDir
    Path directory;

    private Path notes;

    @BeforeEach
    void tools() throws IOException {
        notes = directory.resolve("notes");
        tool("helm", """
                case "$*" in *history*) echo '[{"revision":4,"status":"deployed"}]' ;; esac""");
        tool("kubectl", """
                case "$*" in
                  *"get deployment,statefulset"*) echo deployment.apps/siaran-campaign ;;
                  *"component=bridge"*) [ -z "${WITHOUT_BRIDGE:-}" ] && echo pod/siaran-bridge-0 || true ;;
                  *"get pod"*) echo "$*" | sed -E 's/.*component=([a-z]+).*/pod\\/siaran-\\1-0/' ;;
                  *apply*) cat >/dev/null ;;
                esac""");
        tool("curl", """
                case "$*" in
                  *"-X POST"*/devices*) echo '{"id": "d-1"}' ;;
                  *"-X POST"*/messages*) echo '{"id": "m-1", "status": "pending"}' ;;
                  *"-X GET"*/messages/m-1*) echo "{\\"id\\": \\"m-1\\", \\"status\\": \\"${STATUS:-sent}\\"}" ;;
                esac""");
    }

    @Test
    void it_sends_a_message_through_the_ingress_each_time_and_kills_a_pod_of_each_the_bridge_too()
            throws IOException, InterruptedException {
        assertThat(run(Map.of())).isZero();

        List<String> asked = Files.readAllLines(notes);
        assertThat(asked.stream().filter(each -> each.contains("-X POST https://api.kedai.test/api/v1/messages")))
                .hasSize(4);
        for (String component : List.of("campaign", "sequence", "dispatch", "gateway", "bridge")) {
            assertThat(asked)
                    .anyMatch(each -> each.contains("delete ") && each.endsWith(" pod/siaran-" + component + "-0"));
        }
        assertThat(asked).anyMatch(each -> each.startsWith("helm rollback siaran 4 "));
        assertThat(asked.getLast()).contains("-X DELETE https://api.kedai.test/api/v1/devices/d-1");
    }

    @Test
    void a_message_that_is_not_sent_fails_it_and_leaves_no_device() throws IOException, InterruptedException {
        assertThat(run(Map.of("STATUS", "failed"))).isNotZero();

        List<String> asked = Files.readAllLines(notes);
        assertThat(asked).noneMatch(each -> each.startsWith("helm rollback"));
        assertThat(asked.getLast()).contains("-X DELETE");
    }

    @Test
    void an_installation_without_a_bridge_has_none_to_kill() throws IOException, InterruptedException {
        assertThat(run(Map.of("WITHOUT_BRIDGE", "yes"))).isZero();
        assertThat(Files.readAllLines(notes)).noneMatch(each -> each.contains("pod/siaran-bridge-0"));
    }

    @Test
    void it_is_a_script_that_bash_understands() throws IOException, InterruptedException {
        assertThat(end(new ProcessBuilder("bash", "-n", SCRIPT.toString()))).isZero();
    }

    private void tool(String name, String answers) throws IOException {
        Path tool = directory.resolve(name);
        Files.writeString(tool, "#!/usr/bin/env bash\necho \"" + name + " $*\" >>'" + notes + "'\n" + answers + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private int run(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "VALUES", "values.yaml",
                "API", "https://api.kedai.test",
                "TOKEN", "token",
                "DEVICE", "{\"name\": \"Merah\"}",
                "PHONE", "60123456789"));
        environment.putAll(more);
        ProcessBuilder script = new ProcessBuilder(new ArrayList<>(List.of("bash", SCRIPT.toString())));
        script.environment().putAll(environment);
        script.environment().merge("PATH", directory + ":", (path, first) -> first + path);
        return end(script);
    }

    private static int end(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        System.out.println(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return process.waitFor();
    }
}
