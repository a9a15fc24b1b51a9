package io.siaran.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Postgres;
import io.siaran.localstack.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The bridge's own tests, each of them one test here, on the PostgreSQL that the other tests use. */
class BridgeTest {

    private static final Path FOLDER = Path.of("").toAbsolutePath();
    private static final Path LOGS = FOLDER.resolve("target/node");
    private static final Pattern RESULT = Pattern.compile("^(ok|not ok) \\d+ - (.+?)( # .*)?$");

    @TempDir
    Path data;

    @TestFactory
    Stream<DynamicTest> the_bridge() throws IOException {
        if (!NodeProject.hasNpm()) {
            skip("npm is not installed (Debian: apt-get install npm)");
        }
        NodeProject project = new NodeProject(FOLDER, LOGS);
        if (!project.install()) {
            skip("'npm ci' cannot install what it needs (log: " + LOGS.resolve("npm-ci.log") + ")");
        }
        String node = project.node().orElseGet(() -> skip("Node 24.12 or later is needed on this platform"));
        assertEquals(
                0,
                project.run(List.of(node, "node_modules/typescript/bin/tsc", "--noEmit"), Map.of(), "types.log"),
                "the types do not fit: see " + LOGS.resolve("types.log"));
        return results(run(project, node)).stream();
    }

    private static String skip(String why) {
        System.out.println("The WhatsApp bridge was not tested: " + why + ".");
        return abort(why);
    }

    private int run(NodeProject project, String node) {
        try (Postgres postgres = Servers.ofThisRun()
                .postgres(data.resolve("postgres"), Ports.free(1).getFirst(), Durability.FORGETFUL)) {
            List<String> command = List.of(
                    node,
                    "--test",
                    // Each file has a database, a fake and ports of its own, and waits most of the time.
                    "--test-concurrency=2",
                    "--test-force-exit",
                    "--test-reporter=tap",
                    "--test-global-setup=test/support/global-setup.ts",
                    "test/**/*.test.ts");
            String url = "postgresql://%s@%s/postgres".formatted(Postgres.USER, postgres.address());
            return project.run(command, Map.of("BRIDGE_TEST_DATABASE_URL", url), "tests.tap");
        }
    }

    private static List<DynamicTest> results(int exit) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        List<String> lines = Files.readAllLines(LOGS.resolve("tests.tap"));
        for (int i = 0; i < lines.size(); i++) {
            Matcher result = RESULT.matcher(lines.get(i));
            if (result.matches()) {
                boolean passed = result.group(1).equals("ok");
                String name = result.group(2);
                List<String> after = lines.subList(i + 1, lines.size());
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    if (!passed) {
                        fail(name + ":\n" + diagnosis(after));
                    }
                }));
            }
        }
        tests.add(DynamicTest.dynamicTest("all of them ran", () -> {
            assertEquals(0, exit, "see " + LOGS.resolve("tests.tap"));
            assertFalse(tests.size() < 40, "only " + tests.size() + " tests ran");
        }));
        return tests;
    }

    /** What TAP says of a test that failed: whoever reads the report of another machine has no file to look into. */
    private static String diagnosis(List<String> after) {
        return after.stream()
                .takeWhile(line -> !line.strip().equals("..."))
                .limit(60)
                .collect(Collectors.joining("\n"));
    }
}
