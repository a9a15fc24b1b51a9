package io.siaran.e2e;

import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an operator types after a restore, word for word: the commands of {@code psql} in docs/operations.md. */
final class Handbook {

    private static final Path PAGE = PackagedStack.REPOSITORY.resolve("docs/operations.md");
    private static final Pattern RESTORE = Pattern.compile("(?ms)^## Backup and restore$(.*?)^## ");
    private static final Pattern PSQL = Pattern.compile("psql(?: -At)? -d (\\S+) -c \"([^\"]+)\"");
    private static final Pattern LOOP = Pattern.compile("for database in ([a-z ]+); do psql -d \\$database -c");

    /** A statement, and whose database it is for. */
    record Statement(Service service, String sql) {}

    private final String restore = restore();

    /** The statements of a step, in their order. */
    List<Statement> step(int number) {
        Matcher step = Pattern.compile("(?ms)^%d\\. (.*?)^%d\\. ".formatted(number, number + 1))
                .matcher(restore);
        if (!step.find()) {
            throw new AssertionError("no step " + number + " in " + PAGE);
        }
        List<Statement> statements = PSQL.matcher(step.group(1))
                .results()
                .flatMap(psql -> databases(psql.group(1), step.group(1))
                        .map(database -> new Statement(Service.named(database), psql.group(2))))
                .toList();
        if (statements.isEmpty()) {
            throw new AssertionError("step " + number + " types nothing");
        }
        return statements;
    }

    /** The topics that are deleted, as a pattern. */
    Pattern topics() {
        Matcher topics = Pattern.compile("--topic '([^']+)'").matcher(restore);
        if (!topics.find()) {
            throw new AssertionError("no topics are deleted in " + PAGE);
        }
        return Pattern.compile(topics.group(1));
    }

    private static Stream<String> databases(String named, String step) {
        if (!named.equals("$database")) {
            return Stream.of(named);
        }
        return LOOP.matcher(step)
                .results()
                .flatMap(loop -> Stream.of(loop.group(1).split(" ")));
    }

    private static String restore() {
        try {
            Matcher section = RESTORE.matcher(Files.readString(PAGE));
            if (!section.find()) {
                throw new AssertionError("no restore in " + PAGE);
            }
            return section.group(1);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
