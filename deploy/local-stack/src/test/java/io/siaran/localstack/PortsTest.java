package io.siaran.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PortsTest {

    /** So many that a second choice without regard to the first would meet it hundreds of times. */
    private static final int MANY = 1_500;

    @Test
    void a_port_is_given_to_one_process_alone_while_that_lives() throws Exception {
        // Given
        Set<Integer> ours = new HashSet<>(Ports.free(MANY));

        // When
        Set<Integer> theirs = ofAnotherProcess();

        // Then
        assertThat(theirs).hasSize(MANY).doesNotContainAnyElementsOf(ours);
        assertThat(Ports.free(MANY)).doesNotContainAnyElementsOf(ours);
    }

    private static Set<Integer> ofAnotherProcess() throws Exception {
        Process other = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortsTest.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(said.strip().split(" ")).map(Integer::valueOf).collect(Collectors.toSet());
    }

    /** The other process. */
    public static void main(String[] none) {
        System.out.println(Ports.free(MANY).stream().map(Object::toString).collect(Collectors.joining(" ")));
    }
}
