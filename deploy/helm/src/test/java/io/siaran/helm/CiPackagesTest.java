package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether CI runs without Prometheus, by {@code .ci/packages} and with tools that play Debian in place of the real ones. */
class CiPackagesTest {

    private static final Map<String, String> CI = Map.of("CI", "true");

    @TempDir
    Path directory;

    private Path downloads;

    @BeforeEach
    void tools() throws IOException {
        downloads = directory.resolve("downloads");
        tool("sleep", "");
        tool("apt-get", """
                case "$*" in
                  *update*) echo "${LISTS:-Hit:1 http://deb.debian.org/debian bookworm InRelease}" ;;
                  *download*)
                    echo one >>"$DOWNLOADS"
                    echo "${GIVES:-Get:1 http://deb.debian.org/debian bookworm/main amd64 prometheus [19.3 MB]}"
                    [ "$(wc -l <"$DOWNLOADS")" -ge "${GIVEN_AT:-1}" ] || exit "${ENDS:-100}"
                    touch prometheus_2.deb ;;
                esac""");
        tool("dpkg-deb", """
                mkdir -p usr/bin
                printf '#!/bin/sh\\n' | tee usr/bin/prometheus >usr/bin/promtool
                chmod +x usr/bin/prometheus usr/bin/promtool""");
    }

    @Test
    void what_is_given_at_the_third_try_is_enough_and_no_test_may_be_skipped_then() throws Exception {
        Ended ended = run(CI, "3");

        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("required=required").contains("/usr/bin/promtool\n");
        assertThat(downloads).content().hasLineCount(3);
    }

    @Test
    void what_is_handed_out_and_is_of_no_use_is_a_failure_in_ci_and_nowhere_else() throws Exception {
        Ended inCi = run(CI, "99");
        assertThat(inCi.code()).isEqualTo(1);
        assertThat(inCi.said()).contains("Cannot get Prometheus in three tries");
        assertThat(downloads).content().hasLineCount(3);

        Ended atHome = run(Map.of(), "99");
        assertThat(atHome.code()).as(atHome.said()).isZero();
        assertThat(atHome.said()).contains("Without Prometheus").contains("required=no");
    }

    /** Lists of a wrong clock, a proxy that has nothing but lists, a network that is too slow: no change of ours mends it. */
    @Test
    void what_is_named_and_never_handed_out_is_not_red_for_ever() throws Exception {
        goesOnWithout(run(Map.of("CI", "true", "GIVES", "Err:1 http://deb.debian.org/debian\n  404  Not Found"), "99"));
        assertThat(downloads).content().hasLineCount(3);

        goesOnWithout(run(Map.of("CI", "true", "ENDS", "124"), "99"));
    }

    /** Another server that answers says nothing of Debian's, whose old lists are still there. */
    @Test
    void a_machine_that_cannot_reach_debian_is_not_red_for_ever() throws Exception {
        goesOnWithout(run(
                Map.of(
                        "CI",
                        "true",
                        "LISTS",
                        "Err:1 http://deb.debian.org/debian\nHit:2 http://packages.example/deb x",
                        "GIVES",
                        "Err:1 http://deb.debian.org/debian"),
                "99"));
    }

    @Test
    void a_network_that_swallows_everything_is_asked_once() throws Exception {
        goesOnWithout(run(
                Map.of(
                        "CI",
                        "true",
                        "LISTS",
                        "Err:1 http://deb.debian.org/debian",
                        "GIVES",
                        "Err:1 http://deb.debian.org/debian"),
                "99"));
        assertThat(downloads).content().hasLineCount(1);
    }

    private static void goesOnWithout(Ended ended) {
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("Without Prometheus").contains("required=no");
    }

    private record Ended(int code, String said) {}

    /** @param givenAt the try at which Debian gives it */
    private Ended run(Map<String, String> environment, String givenAt) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("bash", "-c", """
                set -euo pipefail
                source "$PACKAGES"
                # As on a machine that has none.
                command() { [[ "$2" != prom* ]] && builtin command "$@"; }
                provide_prometheus
                echo "required=${SIARAN_PROMETHEUS:-no}"
                type -P promtool || true""");
        script.environment().remove("CI");
        script.environment().remove("SIARAN_PROMETHEUS");
        script.environment()
                .putAll(Map.of(
                        "PACKAGES", Chart.REPOSITORY.resolve(".ci/packages").toString(),
                        "LOG", directory.resolve("log").toString(),
                        "TMPDIR", directory.toString(),
                        "DOWNLOADS", downloads.toString(),
                        "GIVEN_AT", givenAt));
        script.environment().putAll(environment);
        script.environment().merge("PATH", directory + ":", (path, first) -> first + path);
        Process process = script.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private void tool(String name, String does) throws IOException {
        Path tool = directory.resolve(name);
        Files.writeString(tool, "#!/usr/bin/env bash\n" + does + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }
}
