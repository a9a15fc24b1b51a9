package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the JVM has learnt of how one packaged service starts: its AOT cache, with which a start takes half the work.
 *
 * <p>It holds for one build, one JVM and its options, and is named after all three: one that does not fit is not found. The
 * JVM looks itself too: where a cache does not fit after all, or is broken, it starts plainly, or ends and refuses it.
 */
final class StartCache {

    /** What a JVM writes on its way to a cache, with the id of the process that lets it learn. */
    private static final Pattern DRAFT = Pattern.compile("\\w+\\.aot\\.(\\d{1,18})(\\.config)?");

    private final Path file;

    private StartCache(Path file) {
        this.file = file;
    }

    /** Of that jar, beside the directory in which the build put it, and the JVM of that home with these options. */
    static StartCache of(Path jar, Path jvm, List<String> options) {
        Path packaged = jar.toAbsolutePath().normalize().getParent();
        return new StartCache(packaged.resolveSibling("start-cache").resolve(key(packaged, jvm, options) + ".aot"));
    }

    /** The JVM compares size and time of every jar, so these say enough. */
    private static String key(Path packaged, Path jvm, List<String> options) {
        try (Stream<Path> files = Files.walk(packaged)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            note(digest, System.getProperty("java.vm.version") + jvm);
            options.forEach(option -> note(digest, option));
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                note(digest, "%s %d %s".formatted(each, Files.size(each), Files.getLastModifiedTime(each)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException | UncheckedIOException beingBuiltAnew) {
            return "none";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void note(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    Path file() {
        return file;
    }

    boolean isLearnt() {
        return Files.exists(file);
    }

    /** By which a JVM starts quickly; none while nothing is learnt. */
    List<String> use() {
        return isLearnt() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** By which a JVM learns; it writes what it has learnt when it ends, which takes it a while. */
    List<String> learn() {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("-XX:AOTCacheOutput=" + draft());
    }

    /** Takes what a JVM of this process has written, in place of what earlier builds learnt. Answers whether there was any. */
    boolean keep() {
        if (Files.notExists(draft())) {
            return false;
        }
        try (Stream<Path> others = Files.list(file.getParent())) {
            for (Path other :
                    others.filter(each -> each.toString().endsWith(".aot")).toList()) {
                Files.deleteIfExists(other);
            }
            Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what a JVM refused to start by. Answers whether the next one starts without. */
    boolean drop() {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** Removes what a JVM left that was ended while it wrote. */
    void discard() throws IOException {
        Files.deleteIfExists(draft());
        Files.deleteIfExists(draft().resolveSibling(draft().getFileName() + ".config"));
    }

    /**
     * Removes what trainings left, of whatever build, whose process is no more: one that was killed removes nothing itself, and each
     * leaves a hundred megabytes.
     */
    void removeAbandoned() {
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path draft : files.filter(StartCache::isAbandoned).toList()) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException notThereOrNotOurs) {
            // Nothing was learnt here yet, or somebody else did and clears up.
        }
    }

    private static boolean isAbandoned(Path file) {
        Matcher draft = DRAFT.matcher(file.getFileName().toString());
        return draft.matches()
                && ProcessHandle.of(Long.parseLong(draft.group(1))).isEmpty();
    }

    /** Of this process alone: another that learns as well is not disturbed. */
    private Path draft() {
        return file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
    }
}
