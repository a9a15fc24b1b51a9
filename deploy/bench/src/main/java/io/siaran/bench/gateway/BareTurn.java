package io.siaran.bench.gateway;

import io.siaran.model.DeviceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The two transactions of a turn without a gateway: the same statements by pgbench, on devices of its own. */
final class BareTurn {

    private static final int DEVICES = 1_000;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    /** Devices that no partition knows: numbers as ids, so that pgbench can choose one. */
    /** A generated column takes no value, so the statement names the columns that are written. */
    private static final String ADD_DEVICES = """
            DO $do$
            DECLARE written text := (SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
                WHERE table_name = 'devices' AND is_generated = 'NEVER');
            BEGIN
              EXECUTE format($sql$
                INSERT INTO devices (%%1$s) SELECT %%1$s FROM (
                  SELECT (jsonb_populate_record(d, jsonb_build_object(
                    'id', lpad(n::text, 32, '0'), 'fingerprint', '\\x' || lpad(n::text, 32, '0'),
                    'status', 'online', 'status_reason', null, 'next_check_at', 'infinity'))).*
                  FROM devices d, generate_series(1, %1$d) n WHERE d.id = '%2$s') copies $sql$, written);
            END $do$
            """;

    private static final String ADD_PACING =
            "INSERT INTO device_pacing (device_id, busy_until) SELECT lpad(n::text, 32, '0')::uuid, 'epoch'"
                    + " FROM generate_series(1, %d) n ON CONFLICT (device_id) DO UPDATE SET busy_until = 'epoch'";

    private static final String ID = "lpad(:%s::text, 32, '0')::uuid";

    /** As {@code Journal} gives them, of one turn. */
    private static final List<String> BEGIN_ARGUMENTS = List.of(
            array(ID.formatted("m")),
            array("1"),
            array(ID.formatted("d")),
            array(":owner"),
            array(":phone"),
            array("0"),
            array(":later"),
            array(":version"),
            array("0"),
            array(":text"),
            array(ID.formatted("m")),
            array("null"),
            array("'-infinity'"),
            array("'infinity'"),
            array("'2026-01-01'"),
            array("null"),
            array("null"),
            array("30000"),
            "'{}'",
            "'{}'",
            "'{}'",
            "60000",
            "86400000");

    private static final List<String> SETTLE_ARGUMENTS = List.of(
            array(ID.formatted("m")),
            array("1"),
            array(ID.formatted("m")),
            array("'accepted'"),
            array("null"),
            array("null"),
            array("null"),
            array("'4d7a0f6e'"),
            array("null"),
            array("null"),
            array("null"),
            array("null"),
            array("null"),
            array("null"),
            array("true"));

    /** Of the gateway's connections, by its configuration. */
    private static final String SETTINGS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
            + " -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    private final Site site;

    BareTurn(Site site) {
        this.site = site;
    }

    private static String array(String value) {
        return "ARRAY[" + value + "]";
    }

    static Optional<Path> pgbench() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .map(directory -> Path.of(directory, "pgbench"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Turns a second with so many connections, for so many seconds. */
    double measure(Path pgbench, DeviceId model, int connections, int seconds) throws Exception {
        site.sql(ADD_DEVICES.formatted(DEVICES, model));
        site.sql(ADD_PACING.formatted(DEVICES));
        Path script = Files.createTempFile("turn", ".sql");
        try {
            Files.writeString(
                    script,
                    "\\set m random(1, 9000000000000000)\n\\set d random(1, %d)\n%s;\n%s;\n"
                            .formatted(
                                    DEVICES,
                                    statement("begin-tries.sql", BEGIN_ARGUMENTS),
                                    statement("settle-calls.sql", SETTLE_ARGUMENTS)));
            return run(
                    pgbench,
                    script,
                    site.sql("SELECT version FROM devices WHERE id = '" + model + "'"),
                    connections,
                    seconds);
        } finally {
            Files.delete(script);
            site.sql("DELETE FROM devices WHERE next_check_at = 'infinity'");
            site.sql("TRUNCATE outbox");
        }
    }

    private double run(Path pgbench, Path script, long version, int connections, int seconds) throws Exception {
        String[] address = site.postgres().split(":");
        ProcessBuilder command = new ProcessBuilder(
                        pgbench.toString(),
                        "-n",
                        "-M",
                        "prepared",
                        "-h",
                        address[0],
                        "-p",
                        address[1],
                        "-U",
                        "postgres",
                        "-c",
                        Integer.toString(connections),
                        "-j",
                        "1",
                        "-T",
                        Integer.toString(seconds),
                        "-f",
                        script.toString(),
                        "-D",
                        "owner=" + Fleet.USER.value(),
                        "-D",
                        "phone=60121111111",
                        "-D",
                        "later=2100-01-01T00:00:00Z",
                        "-D",
                        "version=" + version,
                        "-D",
                        "text=" + Queue.TEXT,
                        Site.DATABASE)
                .redirectErrorStream(true);
        command.environment().put("PGOPTIONS", SETTINGS);
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(output);
        if (process.waitFor() != 0 || !tps.find()) {
            throw new IllegalStateException("pgbench: " + output);
        }
        return Double.parseDouble(tps.group(1));
    }

    /** The gateway's own statement with pgbench's variables in place of its arguments. */
    private static String statement(String name, List<String> arguments) throws IOException {
        try (InputStream file = BareTurn.class.getResourceAsStream("/io/siaran/gateway/journal/" + name)) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"));
            if (sql.contains("$" + (arguments.size() + 1)) || !sql.contains("$" + arguments.size())) {
                throw new IllegalStateException(name + " takes other arguments than this benchmark gives it");
            }
            return Pattern.compile("\\$(\\d+)")
                    .matcher(sql)
                    .replaceAll(
                            number -> Matcher.quoteReplacement(arguments.get(Integer.parseInt(number.group(1)) - 1)));
        }
    }
}
