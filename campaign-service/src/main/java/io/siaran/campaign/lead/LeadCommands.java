package io.siaran.campaign.lead;

import io.siaran.kafka.RecordIntake;
import io.siaran.kafka.Writes;
import io.siaran.model.LeadCommand;
import io.siaran.model.LeadId;
import io.siaran.model.Topic;
import io.siaran.model.WireEnum;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What sequences ask for: give a lead a trigger, or take one assignment of it away. Each command is applied once. */
@ApplicationScoped
class LeadCommands {

    private static final String TAKEN = "SELECT id FROM lead_commands WHERE id = ANY ($1::uuid[])";
    private static final String REMEMBER = Sql.load(LeadCommands.class, "write-lead-commands.sql");

    private final RecordIntake intake;
    private final LeadStore store;
    private final Writes writes;
    private final Clock clock;

    LeadCommands(RecordIntake intake, LeadStore store, Writes writes, Clock clock) {
        this.intake = intake;
        this.store = store;
        this.writes = writes;
        this.clock = clock;
    }

    @Incoming("lead-commands")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        intake.take(Topic.LEAD_COMMANDS, batch, LeadCommand.class, this::apply);
    }

    void apply(List<LeadCommand> commands) {
        writes.inTransaction(tx -> {
            apply(tx, commands);
            return commands.size();
        });
    }

    /** The leads are locked before the commands taken in earlier are read, so two deliveries of one cannot both apply. */
    private void apply(Tx tx, List<LeadCommand> commands) {
        Set<LeadStore.Key> keys = new HashSet<>();
        commands.forEach(command -> keys.add(new LeadStore.Key(command.userId(), command.leadId())));
        Application application = new Application(store.lock(tx, keys));
        Set<UUID> taken = taken(tx, commands);
        commands.stream().filter(command -> taken.add(command.id())).forEach(application::take);
        store.update(tx, application.changed(clock.instant().truncatedTo(ChronoUnit.MICROS)));
        remember(tx, application.outcomes);
    }

    private static Set<UUID> taken(Tx tx, List<LeadCommand> commands) {
        UUID[] ids = commands.stream().map(LeadCommand::id).toArray(UUID[]::new);
        Set<UUID> taken = new HashSet<>();
        for (Row row : tx.run(TAKEN, (Object) ids)) {
            taken.add(row.getUUID("id"));
        }
        return taken;
    }

    private static void remember(Tx tx, Map<LeadCommand, Outcome> outcomes) {
        Collection<LeadCommand> commands = outcomes.keySet();
        tx.run(
                REMEMBER,
                commands.stream().map(LeadCommand::id).toArray(UUID[]::new),
                commands.stream().map(command -> command.leadId().value()).toArray(UUID[]::new),
                outcomes.values().stream().map(Outcome::wire).toArray(String[]::new));
    }

    private enum Outcome implements WireEnum {
        APPLIED,
        NOTHING_TO_DO,
        NO_SUCH_LEAD
    }

    /** One batch, in its order, over the leads that it names. */
    private static final class Application {

        private final Map<LeadId, Lead> before = new HashMap<>();
        private final Map<LeadId, Triggers> triggers = new HashMap<>();
        private final Map<LeadCommand, Outcome> outcomes = new LinkedHashMap<>();

        Application(List<Lead> leads) {
            leads.forEach(lead -> before.put(lead.id(), lead));
            leads.forEach(lead -> triggers.put(lead.id(), lead.triggers()));
        }

        void take(LeadCommand command) {
            outcomes.put(command, outcome(command));
        }

        /** One version further, however many commands meant the same lead. */
        List<Lead> changed(Instant now) {
            return before.values().stream()
                    .filter(lead -> !triggers.get(lead.id()).equals(lead.triggers()))
                    .map(lead -> lead.carrying(triggers.get(lead.id()), now))
                    .toList();
        }

        private Outcome outcome(LeadCommand command) {
            Lead lead = before.get(command.leadId());
            if (lead == null || lead.deleted() || !lead.userId().equals(command.userId())) {
                return Outcome.NO_SUCH_LEAD;
            }
            Triggers now = triggers.get(lead.id());
            Triggers next = switch (command) {
                case LeadCommand.AddTrigger add -> now.begun(add.trigger(), add.usedUpTo());
                case LeadCommand.RemoveTrigger remove -> now.without(remove.trigger(), remove.assignment());
            };
            triggers.put(lead.id(), next);
            return next.equals(now) ? Outcome.NOTHING_TO_DO : Outcome.APPLIED;
        }
    }
}
