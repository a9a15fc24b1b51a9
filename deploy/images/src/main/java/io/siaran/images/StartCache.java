package io.siaran.images;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a JVM has learnt of how one service starts.
 *
 * @param jvm the version of the JVM that learnt it; no other one can use it, and says so
 */
record StartCache(Path file, String jvm) {

    /** Where it is in the image. */
    static final String PLACE = "/app/start.aot";

    /** A sixty-fourth of it would be the heap at first: 4 MiB, of which what was learnt takes up to 8. */
    private static final String SMALLEST_POD = "-XX:MaxRAM=256m";

    /** What an image with it says to its JVM beside the service's own options, where the cache is in that place. */
    static String options(String place) {
        return """
                # What the JVM learnt of a start when this image was built. Where it does not fit (another JVM, another collector, an agent), the
                # JVM says so in a line and starts without. Only where the heap is too small at first for the objects in it, the JVM would end.
                -XX:AOTCache=%s
                -Xms32m
                """.formatted(place);
    }

    /**
     * Starts that JVM by it, as in the smallest pod.
     *
     * @throws IllegalStateException where the JVM would not start, or would start without it
     */
    void requireThatItFits(Path jvmHome, Path jvmOptions, Path jar) throws Exception {
        Path options = Files.createTempFile("siaran", ".options");
        try {
            Files.writeString(options, Files.readString(jvmOptions) + options(file.toString()));
            Process trial = new ProcessBuilder(
                            jvmHome.resolve("bin/java").toString(),
                            "@" + options,
                            "-XX:AOTMode=on",
                            SMALLEST_POD,
                            "-cp",
                            jar.toString(),
                            "-version")
                    .redirectErrorStream(true)
                    .start();
            String words = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (trial.waitFor() != 0) {
                throw new IllegalStateException("the JVM does not start by what it learnt: " + words);
            }
        } finally {
            Files.delete(options);
        }
    }
}
