package io.siaran.dispatch.webhook;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.siaran.dispatch.event.NumberEvents;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes webhooks as their users do, and delivers by hand, so that each test sees exactly what was done. */
@ApplicationScoped
class WebhookStage {

    private final NumberEvents events;
    private final DeliverDue due;
    private final Database database;

    WebhookStage(NumberEvents events, DeliverDue due, Database database) {
        this.events = events;
        this.due = due;
        this.database = database;
    }

    /** A webhook as the answer to its POST shows it. */
    record Made(String id, String secret) {}

    Made webhook(String user, String url, String... events) {
        String types = events.length == 0 ? "" : ", \"events\": [\"" + String.join("\", \"", events) + "\"]";
        var answer = as(user).body("{\"url\": \"" + url + "\"" + types + "}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract();
        return new Made(answer.path("id"), answer.path("secret"));
    }

    /** Until nothing is due any more. */
    void deliver() throws InterruptedException {
        do {
            number();
            writeAll();
        } while (due.begin() > 0);
    }

    void number() {
        while (events.number(1_000) > 0) {
            // The next ones.
        }
    }

    /** As the worker does, until nothing is under way or due. */
    void deliverAsTheyEnd() {
        try {
            due.begin();
            while (due.isBusy()) {
                due.writeNext();
                due.begin();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    void writeAll() throws InterruptedException {
        while (due.isBusy()) {
            due.writeNext();
        }
    }

    /** So long has passed for what waits to be tried again, for claims and for webhooks that rest. */
    void later(String interval) {
        database.run("UPDATE webhook_lanes SET due_at = due_at - $1::text::interval", interval);
        database.run(
                "UPDATE webhooks SET resting_until = resting_until - $1::text::interval,"
                        + " failing_since = failing_since - $1::text::interval",
                interval);
        database.run("UPDATE webhook_deliveries SET since = since - $1::text::interval", interval);
    }

    static ValidatableResponse get(String user, String path) {
        return as(user).get(path).then();
    }

    static ValidatableResponse post(String user, String path, String body) {
        return as(user).body(body).post(path).then();
    }

    static RequestSpecification as(String user) {
        return given().auth().oauth2(TestServers.token(user, "operator")).contentType(ContentType.JSON);
    }
}
