package io.siaran.sequence.simulation;

import io.siaran.model.MessageType;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.model.template.Template;
import io.siaran.model.template.Variables;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import io.siaran.sequence.authoring.PlannedStep;
import io.siaran.sequence.authoring.StepGraphs;
import io.siaran.sequence.authoring.WayAhead;
import io.siaran.sequence.simulation.SimulatedWalk.SimulatedStep;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Plays a sequence for a sample lead: the same way, waits and texts as the engines, on a clock that only counts. */
@ApplicationScoped
class Simulate {

    private static final String READ = Sql.load(Simulate.class, "read-contents.sql");

    /** Where neither the request nor the sequence says so. */
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    private final Reads reads;
    private final Clock clock;

    Simulate(Reads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** Waits: not for event loops. */
    SimulatedWalk play(UserId user, SequenceId sequence, SampleLead lead) {
        if ((lead.quietFrom() == null) != (lead.quietUntil() == null)) {
            throw Refusal.invalid("quiet_until", "both times are given, or neither", ViolationCode.REQUIRED);
        }
        Authored authored = reads.inTransaction(tx -> read(tx, user, sequence));
        // After it: texts are long, and nobody waits for the connection meanwhile.
        StepId entry = entry(lead, authored.contents(), authored.sequence().getString("sequence_trigger"));
        return play(lead, authored.way().from(entry), authored.contents(), zone(lead, authored.sequence()));
    }

    private static Authored read(Tx tx, UserId user, SequenceId sequence) {
        // What two statements read is of one moment, whatever is edited in between.
        tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        Map<StepId, Row> contents = new LinkedHashMap<>();
        Row first = null;
        for (Row row : tx.run(READ, sequence.value(), user.value())) {
            first = first == null ? row : first;
            if (row.getUUID("id") != null) {
                contents.put(new StepId(row.getUUID("id")), row);
            }
        }
        if (first == null) {
            throw Refusal.notFound("sequence", sequence);
        }
        return new Authored(
                first, contents, StepGraphs.read(tx, List.of(sequence.value())).of(sequence.value()));
    }

    private SimulatedWalk play(SampleLead lead, List<PlannedStep> path, Map<StepId, Row> contents, ZoneId zone) {
        Instant start = lead.start() == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : lead.start();
        VirtualDevice device =
                new VirtualDevice(Duration.ofSeconds(lead.paceSeconds()), lead.quietFrom(), lead.quietUntil(), zone);
        List<SimulatedStep> steps = new ArrayList<>();
        Instant sentAt = start;
        for (PlannedStep step : path) {
            Instant dueAt = step.waiting(steps.isEmpty()).after(sentAt, zone);
            sentAt = device.sends(dueAt);
            steps.add(simulated(step, dueAt, sentAt, contents.get(step.id()), lead));
        }
        return new SimulatedWalk(start, sentAt, zone, steps, leadsTo(path));
    }

    private static SimulatedStep simulated(
            PlannedStep step, Instant dueAt, Instant sentAt, Row content, SampleLead lead) {
        Variables variables = new Variables(lead.name(), lead.phone(), content.getString("niche"), lead.attributes());
        // The same choice each time that it is played.
        String text = Template.parse(content.getString("content"))
                .render(variables, new Random(step.position()))
                .text();
        return new SimulatedStep(
                step.id(),
                step.dayNumber(),
                step.trigger(),
                dueAt,
                sentAt,
                WireEnum.read(MessageType.class, content.getString("message_type")),
                text,
                content.getString("media_url"));
    }

    private static StepId entry(SampleLead lead, Map<StepId, Row> contents, String trigger) {
        boolean byDay = lead.entryTrigger() == null || lead.entryTrigger().equals(trigger);
        return contents.entrySet().stream()
                .filter(step -> step.getValue().getBoolean("is_entry_point"))
                .filter(step -> byDay || step.getValue().getString("trigger").equals(lead.entryTrigger()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "entry_trigger", "no entry point of this sequence has it", ViolationCode.INVALID));
    }

    private static ZoneId zone(SampleLead lead, Row sequence) {
        String zone = sequence.getString("time_zone");
        if (zone != null) {
            return ZoneId.of(zone);
        }
        return lead.timeZone() == null ? DEFAULT_ZONE : lead.timeZone();
    }

    private static String leadsTo(List<PlannedStep> path) {
        return path.isEmpty() ? null : path.getLast().nextTrigger();
    }

    /**
     * A sequence as it is stored.
     *
     * @param contents of its steps, in their order
     * @param way null where it has no steps
     */
    private record Authored(Row sequence, Map<StepId, Row> contents, WayAhead way) {}
}
