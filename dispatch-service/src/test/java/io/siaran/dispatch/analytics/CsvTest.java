package io.siaran.dispatch.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.siaran.rest.MadeFile;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Titles of the letters that take the most. */
class CsvTest {

    private static final int GROUPS = 18_000;
    private static final String LABEL = "\uD83D\uDE00".repeat(255);

    @Test
    void to_make_a_file_takes_less_than_twice_its_bytes_with_all_that_is_thrown_away() {
        Outcomes group = group("0198c1f0-0000-7000-8000-000000000001", LABEL, 1);
        long bytes = (long) GROUPS * LABEL.getBytes(StandardCharsets.UTF_8).length;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Csv file = new Csv(made(bytes + 200 * GROUPS));
        for (int i = 0; i < GROUPS; i++) {
            file.add(group);
        }
        long taken = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(file.file().length()).isGreaterThan(bytes);
        assertThat(taken).isLessThan(bytes * 2);
    }

    @Test
    void every_report_by_titles_of_one_byte_a_letter_fits() {
        long most = Analytics.MOST_BYTES;
        Outcomes group = group("0198c1f0-0000-7000-8000-000000000001", "x".repeat(255), 1_000_000);
        Csv file = new Csv(made(most));

        for (int i = 0; i < 50_000; i++) {
            file.add(group);
        }

        assertThat(file.file().length()).isLessThan(most);
    }

    private static MadeFile made(long most) {
        return new MadeFile(most, IllegalStateException::new);
    }

    private static Outcomes group(String key, String label, long n) {
        BigDecimal none = null;
        return new Outcomes(key, label, n, n, n, n, n, n, n, n, n, n, n, n, none, none, none, none, none);
    }
}
