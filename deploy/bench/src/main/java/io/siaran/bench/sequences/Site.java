package io.siaran.bench.sequences;

import io.siaran.bench.ServiceSite;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sequence-service with a heap of 512 MB, which looks every 100 ms, so that the wait for the next look hides nothing. */
final class Site extends ServiceSite {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final int PATIENCE_MINUTES = 60;

    private Site() throws SQLException, IOException, InterruptedException {
        super("sequence", List.of("-Xmx512m"), Map.of("SIARAN_SEQUENCE_TRIGGER_INTERVAL", "100ms"));
    }

    static Site open() throws IOException, SQLException, InterruptedException {
        return new Site();
    }

    /** A sequence that lets nobody in yet; its first step waits for {@code hours}, the others for a day. Answers its id. */
    String sequence(String user, String trigger, int steps, String hours) throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (int day = 1; day <= steps; day++) {
            all.append(day == 1 ? "" : ", ").append("""
                    {"day_number": %d, "trigger": "%s-%d", "is_entry_point": %s, "content": "Day %d for {{name}}"%s}
                    """.formatted(
                            day, trigger, day, day == 1, day, day == 1 ? ", \"trigger_delay_hours\": " + hours : ""));
        }
        String answer = post(
                user,
                "/api/v1/sequences",
                "application/json",
                BodyPublishers.ofString(
                        "{\"name\": \"Bench\", \"trigger\": \"%s\", \"one_person\": \"each\", \"steps\": [%s]}"
                                .formatted(trigger, all)));
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IllegalStateException("a sequence was made and has no id");
        }
        return id.group(1);
    }

    void become(String user, String sequence, String what) throws IOException, InterruptedException {
        post(user, "/api/v1/sequences/" + sequence + "/" + what, "application/json", BodyPublishers.noBody());
    }

    /** Seconds until it is so, asked every 100 ms: the questions cost next to nothing. */
    static double until(String what, Callable<Boolean> isSo) throws Exception {
        long from = System.nanoTime();
        while (!isSo.call()) {
            if (System.nanoTime() - from > PATIENCE_MINUTES * 60e9) {
                throw new IllegalStateException("gave up waiting until " + what);
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - from) / 1e9;
    }
}
