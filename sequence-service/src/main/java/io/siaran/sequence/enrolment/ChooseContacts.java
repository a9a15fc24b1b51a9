package io.siaran.sequence.enrolment;

import io.siaran.kafka.Deeds;
import io.siaran.kafka.Writes;
import io.siaran.model.Deed;
import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.PatientTurns;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets leads into a sequence and takes them out because somebody asks for it. Waits: not for event loops. */
@ApplicationScoped
class ChooseContacts {

    private static final String FIND = Sql.load(ChooseContacts.class, "find-sequence.sql");

    /**
     * Of the connections that requests by a filter share with the engines, one in four may be held by them, and as many by take-outs: each may
     * count very many leads and wait for others of its sequence. A take-out waits in another line, so that no stop waits for counts, and as
     * long as any statement waits for a lock.
     */
    private static final int CONNECTIONS_FOR_ONE = 4;

    private static final Duration PATIENCE_TO_ASK = Duration.ofSeconds(5);
    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(20);
    private static final String TOO_MANY =
            "too many requests by a filter are under way: send one after the other, and this one again in a moment";

    private final PatientTurns toAsk;
    private final PatientTurns toStop;
    private final Database database;
    private final Writes writes;
    private final Deeds deeds;
    private final RequestEntries requests;
    private final EndEnrolments endEnrolments;
    private final Wakes wakes;
    private final EnrolmentConfig config;
    private final EntityTags tags;
    private final ContactVersions versions;

    ChooseContacts(
            Database database,
            Writes writes,
            Deeds deeds,
            RequestEntries requests,
            EndEnrolments endEnrolments,
            Wakes wakes,
            EnrolmentConfig config,
            EntityTags tags,
            ContactVersions versions,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size", defaultValue = "20") int connections) {
        int atOnce = Math.max(1, connections / CONNECTIONS_FOR_ONE);
        this.toAsk = new PatientTurns(atOnce, 1, PATIENCE_TO_ASK, TOO_MANY);
        this.toStop = new PatientTurns(atOnce, 1, PATIENCE_TO_STOP, TOO_MANY);
        this.database = database;
        this.writes = writes;
        this.deeds = deeds;
        this.requests = requests;
        this.endEnrolments = endEnrolments;
        this.wakes = wakes;
        this.config = config;
        this.tags = tags;
        this.versions = versions;
    }

    /** They enter with the next review, each unless it may not, as {@code why} then says. */
    EnrolAnswer letIn(UserId user, SequenceId sequence, EnrolRequest request) {
        requireOneOfTheTwo(request);
        if (!isEnterable(user, sequence)) {
            throw Refusal.conflict("the sequence is not active, so nobody can enter it");
        }
        return inTurn(
                toAsk,
                user,
                request,
                () -> writes.inTransaction(tx -> request(tx, user, sequence, request), wakes.reviews()::ring));
    }

    private EnrolAnswer request(Tx tx, UserId user, SequenceId sequence, EnrolRequest request) {
        EnrolAnswer asked = request.leadIds() == null
                ? EnrolAnswer.ofMatching(requests.ofAll(tx, user, sequence, request.filter()))
                : requestNamed(tx, user, sequence, request);
        if (asked.requested() > 0) {
            tell(tx, user, Deed.ENROLLED, sequence, asked.requested(), request);
        }
        return asked;
    }

    private EnrolAnswer requestNamed(Tx tx, UserId user, SequenceId sequence, EnrolRequest request) {
        List<LeadId> known = requests.ofLeads(tx, user, sequence, request.leads());
        return EnrolAnswer.of(request.leadIds(), known, Skipped.entering(tx, user, sequence, known));
    }

    /** What they have queued is withdrawn, and who was asked in and is not in yet does not enter. At most a batch, to be asked again. */
    TakenOut takeOut(UserId user, SequenceId sequence, EnrolRequest request) {
        requireOneOfTheTwo(request);
        isEnterable(user, sequence);
        return inTurn(toStop, user, request, () -> writes.inTransaction(tx -> takeOut(tx, user, sequence, request)));
    }

    /**
     * One contact, of the version that the caller has seen.
     *
     * @throws Refusal a 412 where {@code If-Match} names another version, or any while the lead is only asked in
     */
    TakenOut takeOutSeen(UserId user, SequenceId sequence, LeadId lead) {
        isEnterable(user, sequence);
        EnrolRequest request = new EnrolRequest(List.of(lead), null);
        return writes.inTransaction(tx -> {
            // As everybody locks: requests before enrolments. A refusal undoes it.
            EndedRequests ended = EndedRequests.of(tx, user, sequence, request, config.batchSize());
            tags.check(() -> versions.locked(tx, user, sequence, lead).orElseThrow(() -> unseen(lead, ended)));
            return takeOut(tx, user, sequence, request, ended);
        });
    }

    private static Refusal unseen(LeadId lead, EndedRequests ended) {
        return ended.leads().contains(lead.value())
                ? Refusal.preconditionFailed("it was only asked in, and is not in yet: nothing is shown of it")
                : noSuchContact(lead);
    }

    static Refusal noSuchContact(LeadId lead) {
        return Refusal.notFound("contact of this sequence with the lead", lead);
    }

    /** Named leads are a thousand at most, and wait for nobody. */
    private static <T> T inTurn(PatientTurns turns, UserId user, EnrolRequest request, Supplier<T> work) {
        return request.filter() == null ? work.get() : turns.take(user.value(), work);
    }

    private TakenOut takeOut(Tx tx, UserId user, SequenceId sequence, EnrolRequest request) {
        // First: whom a review that was under way let in is found inside.
        return takeOut(tx, user, sequence, request, EndedRequests.of(tx, user, sequence, request, config.batchSize()));
    }

    private TakenOut takeOut(Tx tx, UserId user, SequenceId sequence, EnrolRequest request, EndedRequests ended) {
        Set<UUID> out = new HashSet<>(ended.leads());
        List<Exit> exits = new ArrayList<>();
        ChosenInside inside = ChosenInside.of(tx, user, sequence, request, config.batchSize());
        for (Row row : inside.locked(tx)) {
            exits.add(new Exit(row.getUUID("id"), LeftReason.TAKEN_OUT));
            out.add(row.getUUID("lead_id"));
        }
        endEnrolments.end(tx, exits);
        if (ended.filters() || !out.isEmpty()) {
            tell(tx, user, Deed.TAKEN_OUT, sequence, out.size(), request);
        }
        Set<UUID> left = new HashSet<>(request.named());
        left.removeAll(out);
        return new TakenOut(
                out.size(), ended.more() || inside.more(), ended.ended(), Skipped.leaving(tx, user, sequence, left));
    }

    private void tell(Tx tx, UserId by, Deed deed, SequenceId sequence, long leads, EnrolRequest request) {
        Chosen chosen = new Chosen(leads, request.leadIds(), request.filter());
        deeds.tell(tx, by, deed, new Deeds.Subject("sequence", sequence), null, chosen);
    }

    /** How many leads it was, and by what they were chosen. */
    private record Chosen(long leads, List<LeadId> leadIds, EnrolRequest.Filter filter) {}

    /** A refusal where there is no such sequence. */
    private boolean isEnterable(UserId user, SequenceId sequence) {
        for (Row row : database.run(FIND, sequence.value(), user.value())) {
            return row.getBoolean("enterable");
        }
        throw Refusal.notFound("sequence", sequence);
    }

    private static void requireOneOfTheTwo(EnrolRequest request) {
        if (!request.selectsOnce()) {
            throw Refusal.invalid("lead_ids", "either lead_ids or filter is given", ViolationCode.CONTRADICTION);
        }
    }
}
