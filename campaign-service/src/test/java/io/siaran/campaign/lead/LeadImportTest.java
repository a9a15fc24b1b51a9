package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock starts no import here: the tests do. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeadImportTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    LeadImports imports;

    @Inject
    ImportStore store;

    @Inject
    LeadUpserts upserts;

    @Inject
    LeadNews news;

    @Inject
    ImportConfig config;

    @Inject
    Clock clock;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @Test
    void every_line_is_counted_once_and_the_wrong_ones_say_where_and_why() {
        // Given
        DeviceId biru = cast.device(user);
        Cast.lead(user, Map.of("device_id", merah, "phone", Cast.ANI, "name", "Ani", "niche", "ecommerce"));

        // When
        String id = done("""
                Nama,"No. Telefon",niche,Status,device_id,Notes
                Ani,012-345 6701,ecommerce,prospect,,x
                Budi,60123456702.0,"food,ecommerce",Customer,,

                "Citra ""CC""\nbinti Ali",="60123456703",food,,%s,
                Again,0123456701,,,,
                Round,6.01E+11,,,,
                Two,0123456704 / 0198765432,,maybe,,
                Masked,012-345XXXX,,,,
                Foreign,0123456705,,,%s,
                Many,0123456706,,,,,more
                """.formatted(biru, cast.device(Cast.newUser())));

        // Then
        view(id).body("status", equalTo("done"))
                .body("lines", equalTo(9))
                .body("created", equalTo(2))
                .body("updated", equalTo(0))
                .body("unchanged", equalTo(1))
                .body("duplicate", equalTo(1))
                .body("refused", equalTo(5));
        List<String> rejections = rejections(id);
        assertThat(rejections).hasSize(1 + 5).element(0).isEqualTo("line,column,reason");
        assertThat(rejections.get(1)).startsWith("8,No. Telefon,").contains("rounded");
        assertThat(rejections.get(2)).startsWith("9,Status,");
        assertThat(rejections).anyMatch(line -> line.startsWith("10,No. Telefon,"));
        assertThat(rejections).anyMatch(line -> line.startsWith("11,device_id,"));
        assertThat(rejections).anyMatch(line -> line.startsWith("12,,has more cells"));
        leads("q=citra")
                .body("items[0].name", equalTo("Citra \"CC\" binti Ali"))
                .body("items[0].device_id", equalTo(biru.toString()));
        leads("phone=0123456702").body("items[0].target_status", equalTo("customer"));
    }

    @Test
    void an_import_has_another_tag_and_a_later_time_once_it_has_gone_on() {
        // Given
        ValidatableResponse uploaded = upload("phone\n0123456701\n".getBytes(StandardCharsets.UTF_8), "")
                .statusCode(202);
        String id = uploaded.extract().path("id");
        String tag = uploaded.extract().header("ETag");
        String changed = uploaded.extract().path("updated_at");

        // When
        imports.work();

        // Then
        String later = view(id).body("status", equalTo("done")).extract().header("ETag");
        assertThat(later).isNotEqualTo(tag);
        assertThat(Instant.parse(
                        view(id).header("ETag", equalTo(later)).extract().path("updated_at")))
                .isAfter(Instant.parse(changed));
    }

    @Test
    void the_same_file_again_changes_nothing_and_tells_nobody() {
        // Given
        String file = "name,phone,niche,trigger\nAni," + Cast.ANI + ",food,fitness_start\nBudi," + Cast.BUDI + ",,\n";
        done(file);
        await().until(() ->
                database.run("SELECT FROM lead_news WHERE user_id = $1", user).rowCount() == 0);

        // When
        String again = done(file);

        // Then
        view(again).body("unchanged", equalTo(2)).body("lines", equalTo(2));
        List<String> ids = leads("").extract().path("items.id");
        ids.forEach(id -> assertThat(cast.published(Topic.LEADS, id, LeadSnapshot.class))
                .extracting(LeadSnapshot::version)
                .containsExactly(1L));
    }

    @Test
    void blank_cells_erase_nothing_unless_it_is_asked_for() {
        // Given
        done("name,phone,niche\nAni," + Cast.ANI + ",food\n");

        // Then
        done("name,phone,niche\n,%s,\n".formatted(Cast.ANI));
        leads("").body("items[0].name", equalTo("Ani")).body("items[0].niche", equalTo("food"));
        run(upload(
                "name,phone,niche\n,%s,\n".formatted(Cast.ANI).getBytes(StandardCharsets.UTF_8), "&erase_blank=true"));
        leads("").body("items[0].name", equalTo("")).body("items[0].niche", equalTo(""));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, false, UTF-8",
        "UTF-8, true, UTF-8",
        "UTF-16LE, true, UTF-16LE",
        "UTF-16BE, true, UTF-16BE",
        "UTF-16LE, false, UTF-16LE",
        "windows-1252, false, windows-1252"
    })
    void every_encoding_is_read_as_it_was_meant(String encoding, boolean mark, String found) {
        // Given
        Charset charset = Charset.forName(encoding);
        String name = encoding.startsWith("UTF") ? "Zoë 陈 🙂" : "Zoë Müller";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        if (mark) {
            file.writeBytes("\uFEFF".getBytes(charset));
        }
        file.writeBytes(("name;phone\r\n" + name + ";" + Cast.ANI + "\r\n").getBytes(charset));

        // When
        String id = run(upload(file.toByteArray(), ""));

        // Then
        view(id).body("encoding", equalTo(found)).body("created", equalTo(1));
        leads("").body("items[0].name", equalTo(name));
    }

    @Test
    void a_file_that_is_half_one_encoding_and_half_another_is_refused_with_the_line_and_nothing_of_it_is_written() {
        // Given
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(("name,phone\nZoë," + Cast.ANI + "\n").getBytes(StandardCharsets.UTF_8));
        file.writeBytes(("Müller," + Cast.BUDI + "\n").getBytes(StandardCharsets.ISO_8859_1));

        // Then
        upload(file.toByteArray(), "")
                .statusCode(400)
                .body("violations.field", contains("body"))
                .body("violations.message", contains(containsString("line 3")));
        leads("").body("items", hasSize(0));
        assertThat(database.run("SELECT FROM imports WHERE user_id = $1", user).rowCount())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void every_end_of_a_line_and_every_separator_is_understood(String end) {
        for (String separator : List.of(",", ";", "\t")) {
            String id = done(String.join(separator, "name", "phone", "", "")
                    + end
                    + String.join(separator, "Ani", Cast.ANI, "", "")
                    + end);
            view(id).body("lines", equalTo(1)).body("refused", equalTo(0));
        }
        leads("").body("items", hasSize(1));
    }

    @Test
    void a_header_that_cannot_be_used_is_refused_with_the_reason() {
        refused("name,phone,Name \nA,1,B\n", "two columns for name");
        refused("name,phone,Mobile\nA,1,2\n", "two columns for phone");
        refused("name,phone" + " .".repeat(126) + "\nA,1\n", "must have at most 255 characters");
        refused("name,niche\nA,b\n", "no column is known to hold phones");
        refused("", "empty");
        refused("PK\u0003\u0004rest", "workbook");
        as(user, "operator")
                .contentType("text/csv")
                .body("phone\n1\n")
                .post("/api/v1/leads/import")
                .then()
                .statusCode(400)
                .body("violations.field", contains("device_id"));
    }

    @Test
    void a_dry_run_shows_what_each_column_means_and_writes_nothing() {
        // When
        ValidatableResponse preview = upload(
                ("Nombor Telefon;Kawan;x\n" + Cast.ANI + ";Ani;1\n12;B;2\n+" + Cast.ANI + ";Ani;3\n")
                        .getBytes(StandardCharsets.UTF_8),
                "&dry_run=true&map=Kawan:name");

        // Then
        preview.statusCode(200)
                .body("separator", equalTo(";"))
                .body("columns.field", contains("phone", "name", "ignored"))
                .body("lines[0].lead.name", equalTo("Ani"))
                .body("lines[1].rejections[0].header", equalTo("Nombor Telefon"))
                .body("lines.duplicate", contains(false, false, true));
        leads("").body("items", hasSize(0));
        assertThat(database.run("SELECT FROM imports WHERE user_id = $1", user).rowCount())
                .isZero();
    }

    @Test
    void after_a_kill_another_goes_on_after_the_last_line_that_was_counted() {
        // Given
        String file = "name,phone\n"
                + IntStream.range(0, 5_000)
                        .mapToObj(i -> "A" + i + "," + Cast.phone(i % 4_500))
                        .collect(Collectors.joining("\n"));
        String id = upload(file.getBytes(StandardCharsets.UTF_8), "").extract().path("id");
        database.run("CREATE OR REPLACE FUNCTION fail_import() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN IF NEW.lines > 2000 THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$");
        database.run("CREATE TRIGGER kill BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION fail_import()");
        imports.work();
        database.run("DROP TRIGGER kill ON imports");
        view(id).body("status", equalTo("running")).body("lines", equalTo(2_000));

        // When
        database.run("UPDATE imports SET lease_until = NULL WHERE id = $1", UUID.fromString(id));
        imports.work();

        // Then
        view(id).body("status", equalTo("done"))
                .body("lines", equalTo(5_000))
                .body("created", equalTo(4_500))
                .body("duplicate", equalTo(500));
        assertThat(database.run("SELECT FROM leads WHERE user_id = $1", user).rowCount())
                .isEqualTo(4_500);
    }

    @Test
    void what_is_exported_and_imported_again_changes_nothing() {
        // Given
        Cast.lead(
                user,
                Map.of(
                        "device_id",
                        merah,
                        "phone",
                        Cast.ANI,
                        "name",
                        "=1+1",
                        "niche",
                        "-food, \"x\"",
                        "trigger",
                        "@go",
                        "attributes",
                        Map.of("plan", "gold, \"best\"")));
        Cast.lead(
                user,
                Map.of(
                        "device_id",
                        merah,
                        "phone",
                        Cast.BUDI,
                        "name",
                        "'=D'Cruz",
                        "consent_source",
                        "+form",
                        "consent_at",
                        "2027-01-02T03:04:05.123456Z"));
        Cast.lead(user, Map.of("device_id", merah, "phone", "+376 312345", "name", "''@", "niche", "@food"));

        // When
        String file = as(user, "viewer")
                .accept("text/csv")
                .get("/api/v1/leads/export")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/csv"))
                .extract()
                .asString();

        // Then
        assertThat(file.lines()).hasSize(4).noneMatch(line -> line.startsWith("="));
        view(done(file)).body("unchanged", equalTo(3)).body("lines", equalTo(3));
    }

    @Test
    void every_lead_is_exported_once_however_many_pages_they_are_read_in() {
        // Given
        String lines =
                IntStream.range(0, 250).mapToObj(i -> Cast.phone(i) + "\n").collect(Collectors.joining());
        done("phone\n" + lines);

        // When
        String file = as(user, "viewer")
                .accept("text/csv")
                .get("/api/v1/leads/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        // Then
        assertThat(file.lines().skip(1).map(line -> line.split(",")[1]))
                .containsExactlyInAnyOrderElementsOf(lines.lines().toList());
    }

    @Test
    void consent_comes_with_its_source_and_day_and_is_found_by_them() {
        // Given
        String file = "phone,consent,Consent date\n" + Cast.ANI + ",form7,2027-01-02\n" + Cast.BUDI + ",,\n"
                + Cast.CITRA + ",call,soon\n";

        // When
        String id = done(file);

        // Then
        assertThat(rejections(id)).hasSize(2).last().asString().startsWith("4,Consent date,must be a date");
        leads("consent_source=form7")
                .body("items.phone", contains(Cast.ANI))
                .body("items[0].consent_at", equalTo("2027-01-02T00:00:00Z"));
        leads("consent_since=2027-01-02T00:00:00Z&consent_before=2027-01-03T00:00:00Z")
                .body("items.phone", contains(Cast.ANI));
        leads("consent_since=2027-01-02T00:00:01Z").body("items", hasSize(0));
        leads("has_consent=false").body("items.phone", contains(Cast.BUDI));
        done("phone,name\n" + Cast.ANI + ",Ani\n");
        leads("has_consent=true").body("items[0].consent_source", equalTo("form7"));
    }

    @Test
    void a_consent_that_nobody_sees_is_none_and_a_day_that_no_calendar_has_is_refused_by_its_column() {
        // When
        String id = done("phone,consent,Consent date\n" + Cast.ANI + ",\u00A0,\n" + Cast.BUDI + ",\u200B,\n"
                + Cast.CITRA + ",form,+999999999-01-01\n");

        // Then
        view(id).body("status", equalTo("done")).body("created", equalTo(2)).body("refused", equalTo(1));
        assertThat(rejections(id)).hasSize(2).last().asString().startsWith("4,Consent date,must be between the years");
        leads("has_consent=false").body("items", hasSize(2));
    }

    @Test
    void news_of_devices_that_is_late_puts_an_import_off_and_does_not_end_it() {
        // Given
        String id = upload(("phone\n" + Cast.ANI + "\n").getBytes(StandardCharsets.UTF_8), "")
                .statusCode(202)
                .extract()
                .path("id");

        // When
        new LeadImports(store, upserts, news, new LateDevices(database), database, config, clock).work();

        // Then
        view(id).body("status", equalTo("running")).body("lines", equalTo(0));
        database.run("UPDATE imports SET lease_until = NULL WHERE id = $1", UUID.fromString(id));
        imports.work();
        view(id).body("status", equalTo("done")).body("created", equalTo(1));
    }

    @Test
    void a_line_that_the_database_refuses_is_refused_alone() {
        // Given
        database.run("CREATE FUNCTION refuse_lead() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation'; END $$");
        database.run("CREATE TRIGGER refuse BEFORE INSERT ON leads FOR EACH ROW WHEN (NEW.name = 'Unstorable')"
                + " EXECUTE FUNCTION refuse_lead()");
        try {
            // When
            String id = done("name,phone\n"
                    + IntStream.range(0, 7)
                            .mapToObj(i -> (i % 4 == 2 ? "Unstorable," : "A,") + Cast.phone(i))
                            .collect(Collectors.joining("\n")));

            // Then
            view(id).body("status", equalTo("done"))
                    .body("lines", equalTo(7))
                    .body("created", equalTo(5))
                    .body("refused", equalTo(2));
            assertThat(rejections(id))
                    .containsExactly(
                            "line,column,reason",
                            "4,,a value of it cannot be stored",
                            "8,,a value of it cannot be stored");
        } finally {
            database.run("DROP FUNCTION refuse_lead() CASCADE");
        }
    }

    @Test
    void a_file_whose_quotes_do_not_end_fails_and_says_so() {
        view(done("name,phone\nBudi," + Cast.BUDI + "\n\"Ani," + Cast.ANI + "\n" + "x,1\n".repeat(400_000)))
                .body("status", equalTo("failed"))
                .body("failure", containsString("quotes"))
                .body("created", equalTo(1));
    }

    @Test
    void strangers_see_no_import() {
        // Given
        String id = done("phone\n" + Cast.ANI + "\n");
        String stranger = Cast.newUser();

        // Then
        as(stranger, "viewer").get("/api/v1/leads/import/" + id).then().statusCode(404);
        as(stranger, "viewer").get("/api/v1/leads/import").then().body("items", hasSize(0));
        as(stranger, "viewer")
                .accept("text/csv")
                .get("/api/v1/leads/import/" + id + "/rejections")
                .then()
                .statusCode(404);
        String changed = as(user, "viewer")
                .get("/api/v1/leads/import")
                .then()
                .body("items.id", hasItem(id))
                .extract()
                .path("items.find { it.id == '" + id + "' }.updated_at");
        as(user, "viewer")
                .get("/api/v1/leads/import?updated_since=" + changed)
                .then()
                .body("items.id", hasItem(id));
        as(user, "viewer")
                .get("/api/v1/leads/import?updated_since=2100-01-01T00:00:00Z")
                .then()
                .body("items", hasSize(0));
        as(user, "viewer")
                .contentType("text/csv")
                .body("phone\n1")
                .post("/api/v1/leads/import")
                .then()
                .statusCode(403);
    }

    @Test
    void json_that_announces_no_length_stays_bounded_beside_large_files() throws Exception {
        // Given
        byte[] large = ("{\"phone\": \"" + "1".repeat(3_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/v1/leads"))
                .header("Authorization", "Bearer " + TestServers.token(user, "operator"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();

        // Then
        HttpClient client = HttpClient.newHttpClient();
        try {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
        } catch (IOException cutOff) {
            // The server may close the connection before the client has sent the rest, and so looked for the answer.
            assertThat(cutOff).isNotNull();
        } finally {
            client.shutdownNow();
        }
    }

    private void refused(String file, String reason) {
        upload(file.getBytes(StandardCharsets.UTF_8), "")
                .statusCode(400)
                .body("violations.field", contains("body"))
                .body("violations.message", contains(containsString(reason)));
    }

    private String done(String file) {
        return run(upload(file.getBytes(StandardCharsets.UTF_8), ""));
    }

    private String run(ValidatableResponse uploaded) {
        String id = uploaded.statusCode(202).extract().path("id");
        imports.work();
        return id;
    }

    private ValidatableResponse upload(byte[] file, String more) {
        return as(user, "operator")
                .contentType("text/csv")
                .body(file)
                .post("/api/v1/leads/import?device_id=" + merah + more)
                .then();
    }

    private ValidatableResponse view(String id) {
        return as(user, "viewer").get("/api/v1/leads/import/" + id).then().statusCode(200);
    }

    private ValidatableResponse leads(String query) {
        return as(user, "viewer")
                .get("/api/v1/leads" + (query.isEmpty() ? "" : "?" + query))
                .then()
                .statusCode(200);
    }

    private List<String> rejections(String id) {
        return as(user, "viewer")
                .accept("text/csv")
                .get("/api/v1/leads/import/" + id + "/rejections")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }

    /** While Kafka is away, or this service is behind. */
    private static final class LateDevices extends Devices {

        LateDevices(Database database) {
            super(database, null, null);
        }

        @Override
        public void requireOwned(DeviceId device, UserId user) {
            throw Refusal.unavailable("the news of devices is late; try again", Duration.ofSeconds(2));
        }
    }
}
