package io.siaran.dispatch.webhook;

import io.siaran.dispatch.audit.Audit;
import io.siaran.dispatch.audit.Audit.Subject;
import io.siaran.model.Deed;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** The webhooks of users, to read and to change. */
@ApplicationScoped
class Webhooks {

    private static final UUID FIRST = new UUID(0, 0);
    private static final String LISTEN = """
            INSERT INTO event_listeners AS l (user_id) VALUES ($1) ON CONFLICT (user_id) DO UPDATE SET listening = true
            """;
    private static final String COUNT = "SELECT count(*) AS webhooks FROM webhooks WHERE user_id = $1 AND NOT deleted";
    private static final String CREATE = """
            INSERT INTO webhooks (id, user_id, url, events, description, enabled, disabled_reason, disabled_at)
            VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $6::boolean THEN NULL ELSE 'user' END, CASE WHEN $6::boolean THEN NULL ELSE clock_timestamp() END)
            RETURNING *
            """;
    private static final String LIST = "SELECT * FROM webhooks WHERE user_id = $1 AND NOT deleted AND id > $2"
            + " AND updated_at >= coalesce($4, '-infinity'::timestamptz) ORDER BY id LIMIT $3";
    private static final String ONE = "SELECT * FROM webhooks WHERE id = $1 AND user_id = $2 AND NOT deleted";
    private static final String CHANGE = Sql.load(Webhooks.class, "change.sql");
    private static final String ROTATE = """
            UPDATE webhooks SET generation = generation + 1, old_valid_until = clock_timestamp() + $2::bigint * interval '1 second',
              version = version + 1, updated_at = clock_timestamp()
            WHERE id = $1 RETURNING *
            """;
    private static final String DELETE = """
            UPDATE webhooks SET deleted = true, version = version + 1, updated_at = clock_timestamp() WHERE id = $1
            """;

    private final Reads reads;
    private final ReceiverAddresses addresses;
    private final WebhookSecrets secrets;
    private final WebhookConfig config;
    private final EntityTags tags;
    private final Audit audit;
    private final Clock clock;
    private final RandomGenerator random;

    Webhooks(
            Reads reads,
            ReceiverAddresses addresses,
            WebhookSecrets secrets,
            WebhookConfig config,
            EntityTags tags,
            Audit audit,
            Clock clock,
            RandomGenerator random) {
        this.reads = reads;
        this.addresses = addresses;
        this.secrets = secrets;
        this.config = config;
        this.tags = tags;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /** Throws {@link Refusal}: a 400 for a body that is wrong, a 409 for one webhook too many. */
    WebhookView create(Tx tx, UserId user, WebhookBody body) {
        require(body);
        UUID id = TimeOrderedId.v7(clock.instant(), random);
        secrets.bytes(id, 1);
        // Its row is locked: two that are made at once are counted one after the other.
        tx.run(LISTEN, user.value());
        if (only(tx.run(COUNT, user.value())).getLong("webhooks") >= config.perUser()) {
            throw Refusal.conflict("a user has at most " + config.perUser() + " webhooks");
        }
        WebhookView made = WebhookView.of(only(tx.run(
                CREATE,
                id,
                user.value(),
                body.url(),
                body.events().toArray(String[]::new),
                body.description(),
                body.enabled())));
        audit.write(tx, user, Deed.CREATED, subject(id), null, made.body().withoutQuery());
        return made;
    }

    /** @param since only those that were changed then or later; null: all */
    Page<WebhookView> list(UserId user, Instant since, PageRequest page) {
        OffsetDateTime changed = since == null ? null : since.atOffset(ZoneOffset.UTC);
        UUID after = page.after(UUID::fromString).orElse(FIRST);
        List<Row> rows = StreamSupport.stream(
                        reads.run(LIST, user.value(), after, page.rowsToRead(), changed)
                                .spliterator(),
                        false)
                .toList();
        return Page.of(rows, page, row -> row.getUUID("id"), WebhookView::of);
    }

    /** Throws {@link Refusal} (a 404) when this user has no such webhook. */
    WebhookView find(UserId user, UUID id) {
        return reads.inTransaction(tx -> find(tx, user, id));
    }

    /** As {@link #find(UserId, UUID)}, within a transaction. */
    WebhookView find(Tx tx, UserId user, UUID id) {
        return find(tx, user, id, "");
    }

    /** As {@link #find(UserId, UUID)}; nobody changes it before the transaction ends. */
    WebhookView lock(Tx tx, UserId user, UUID id) {
        return find(tx, user, id, " FOR UPDATE");
    }

    /** One that is enabled again has its failures forgotten. */
    WebhookView change(Tx tx, UserId user, UUID id, UnaryOperator<WebhookBody> how) {
        WebhookView before = lock(tx, user, id);
        tags.check(before.version());
        WebhookBody body = how.apply(before.body());
        require(body);
        WebhookView changed = WebhookView.of(only(tx.run(
                CHANGE, id, body.url(), body.events().toArray(String[]::new), body.description(), body.enabled())));
        audit.write(
                tx,
                user,
                Deed.EDITED,
                subject(id),
                before.body().withoutQuery(),
                changed.body().withoutQuery());
        return changed;
    }

    /** Its secret is another from now on; both are signed with for so long. */
    WebhookView rotate(Tx tx, UserId user, UUID id, Duration both) {
        tags.check(lock(tx, user, id).version());
        audit.write(tx, user, Deed.SECRET_ROTATED, subject(id), null, null);
        return WebhookView.of(only(tx.run(ROTATE, id, both.toSeconds())));
    }

    /** What it was told already is told again. */
    void replayed(Tx tx, UserId user, UUID id, Object what) {
        audit.write(tx, user, Deed.REPLAYED, subject(id), null, what);
    }

    void delete(Tx tx, UserId user, UUID id) {
        WebhookView before = lock(tx, user, id);
        tags.check(before.version());
        tx.run(DELETE, id);
        audit.write(tx, user, Deed.DELETED, subject(id), before.body().withoutQuery(), null);
    }

    private void require(WebhookBody body) {
        addresses.objection(body.url()).ifPresent(why -> {
            throw Refusal.invalid("url", why);
        });
        body.requireKnownEvents();
    }

    private static WebhookView find(Tx tx, UserId user, UUID id, String how) {
        for (Row row : tx.run(ONE + how, id, user.value())) {
            return WebhookView.of(row);
        }
        throw Refusal.notFound("webhook", id);
    }

    private static Subject subject(UUID id) {
        return new Subject("webhook", id);
    }

    private static Row only(Iterable<Row> rows) {
        return rows.iterator().next();
    }
}
