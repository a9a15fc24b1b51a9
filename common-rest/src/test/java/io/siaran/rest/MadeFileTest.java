package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MadeFileTest {

    private static final int MOST = 5 * MadeFile.PART / 2;

    private final MadeFile file = new MadeFile(MOST, () -> Refusal.invalid("group_by", "makes too long a file"));

    @Test
    void what_was_written_is_sent_byte_for_byte() throws IOException {
        String lines = "x€".repeat(MOST / 4);
        byte[] bytes = lines.getBytes(UTF_8);
        file.write(bytes[0]);
        file.write(bytes, 1, bytes.length - 1);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();

        file.sendTo(sent);

        assertThat(sent.toString(UTF_8)).isEqualTo(lines);
    }

    @Test
    void what_is_sent_is_let_go_part_by_part() throws IOException {
        file.write(new byte[MOST], 0, MOST);
        List<Long> left = new ArrayList<>();

        file.sendTo(new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes, int offset, int count) {
                left.add(file.length());
            }
        });

        assertThat(left).containsExactly((long) MOST - MadeFile.PART, (long) MOST - 2 * MadeFile.PART, 0L);
    }

    @Test
    void nothing_is_longer_than_it_may_be() {
        file.write(new byte[MOST], 0, MOST);

        assertThatThrownBy(() -> file.write('x')).isInstanceOf(Refusal.class);

        assertThat(file.length()).isEqualTo(MOST);
    }
}
