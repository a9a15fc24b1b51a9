package io.siaran.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody links a real phone without having read what that risks. */
class RealWhatsAppIT {

    @TempDir
    Path home;

    @Test
    void linking_real_phones_says_what_it_risks_and_starts_nothing_unless_a_person_agrees() throws Exception {
        // When
        Process up = up("n\n");

        // Then
        String said = new String(up.getInputStream().readAllBytes(), UTF_8);
        assertThat(said).contains("no official client", "ban a number", "GPL-3.0", "Nothing was started.");
        assertThat(up.waitFor()).isNotZero();
        assertThat(home).isEmptyDirectory();
    }

    private Process up(String answer) throws IOException {
        ProcessBuilder command = new ProcessBuilder("./siaran", "up", "--no-build", "--real-whatsapp")
                .directory(PackagedStack.REPOSITORY.toFile())
                .redirectErrorStream(true);
        command.environment().put("SIARAN_HOME", home.toString());
        Process started = command.start();
        try (var person = started.getOutputStream()) {
            person.write(answer.getBytes(UTF_8));
        }
        return started;
    }
}
