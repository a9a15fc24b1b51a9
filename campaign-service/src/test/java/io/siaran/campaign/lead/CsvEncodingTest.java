package io.siaran.campaign.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.rest.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEncodingTest {

    private static final String FILE = "name,phone\r\nZoë,60123456701\r\n陈 🙂,60123456702\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void a_wide_file_that_breaks_off_within_a_character_is_refused_with_its_line(String charset) {
        // Given
        byte[] whole = FILE.strip().getBytes(Charset.forName(charset));

        // Then
        assertThat(found(whole)).isEqualTo(Charset.forName(charset));
        refused(Arrays.copyOf(whole, whole.length - 1), "line 3 is not UTF-16");
    }

    @Test
    void half_of_a_pair_and_a_zero_in_a_wide_file_are_refused_with_their_line() {
        refused(wide("name,phone\nA,1\nB", 0xD83D, ",2\n"), "line 3 is not UTF-16");
        refused(wide("name,phone\nA", 0, ",1\n"), "line 2 has a character U+0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void the_line_is_the_right_one_whatever_ends_a_line(String end) {
        // Given
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(String.join(end, "name,phone", "Zoë,1", "").getBytes(StandardCharsets.UTF_8));
        file.writeBytes("Müller,2".getBytes(StandardCharsets.ISO_8859_1));

        // Then
        refused(file.toByteArray(), "line 3 is not UTF-8");
    }

    @Test
    void a_file_is_judged_alike_however_it_comes_in() {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] bytes = FILE.getBytes(charset);
            for (int piece = 4; piece < 9; piece++) {
                CsvEncoding encoding = new CsvEncoding();
                for (int from = 0; from < bytes.length; from += piece) {
                    byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
                    encoding.read(part, part.length);
                }
                assertThat(encoding.found()).isEqualTo(charset);
            }
        }
    }

    private static void refused(byte[] file, String reason) {
        assertThatThrownBy(() -> found(file))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.violations().getFirst().message())
                                .startsWith(reason));
    }

    private static Charset found(byte[] file) {
        CsvEncoding encoding = new CsvEncoding();
        encoding.read(file, file.length);
        return encoding.found();
    }

    /** One unit of 16 bits as it is, which no encoder would write, between two texts. */
    private static byte[] wide(String before, int unit, String after) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(before.getBytes(StandardCharsets.UTF_16LE));
        file.write(unit & 0xFF);
        file.write(unit >> 8);
        file.writeBytes(after.getBytes(StandardCharsets.UTF_16LE));
        return file.toByteArray();
    }
}
