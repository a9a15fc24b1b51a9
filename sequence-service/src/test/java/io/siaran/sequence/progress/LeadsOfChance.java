package io.siaran.sequence.progress;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadCommand;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.model.TargetStatus;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Eight leads, and whatever the CRM, an operator or the person may do to one of them. */
final class LeadsOfChance {

    private static final String START = "fitness_start";

    private final Random random;
    private final Stage stage;
    private final Tenant toko;
    private final SequenceId sequence;
    private final Consumer<Tenant.Lead> answers;
    private final List<Tenant.Lead> leads;
    private final Set<PhoneNumber> optedOut = new HashSet<>();

    /** Of each lead the assignments that it carries by their triggers, and the highest that was ever given. */
    private final Map<Tenant.Lead, Map<String, Long>> carried = new HashMap<>();

    private final Map<Tenant.Lead, Long> given = new HashMap<>();
    private int obeyed;

    LeadsOfChance(Random random, Stage stage, Tenant toko, SequenceId sequence, Consumer<Tenant.Lead> answers) {
        this.random = random;
        this.stage = stage;
        this.toko = toko;
        this.sequence = sequence;
        this.answers = answers;
        this.leads = IntStream.range(0, 8).mapToObj(i -> toko.lead("Lead " + i)).toList();
    }

    /** All of them, by the trigger of the sequence. */
    void enter() {
        leads.forEach(lead -> give(lead, START));
        toko.tell(leads);
    }

    Tenant.Lead of(LeadId id) {
        return leads.stream().filter(lead -> lead.id().equals(id)).findFirst().orElseThrow();
    }

    Set<PhoneNumber> optedOut() {
        return optedOut;
    }

    void somethingHappens() {
        Tenant.Lead lead = leads.get(random.nextInt(leads.size()));
        switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> lead.on(eitherDevice()).told();
            case 4, 5, 6 -> answers.accept(lead);
            case 7, 8, 9 -> give(lead, START).told();
            case 10 -> give(lead, SequencesOfChance.MIDDLE).told();
            case 11, 12 ->
                take(lead, random.nextBoolean() ? START : SequencesOfChance.MIDDLE)
                        .told();
            case 13 ->
                lead.being(random.nextBoolean() ? TargetStatus.CUSTOMER : TargetStatus.PROSPECT)
                        .told();
            case 14 -> lead.as(leads.get(random.nextInt(leads.size())).phone()).told();
            case 15 -> optOutOrBack(lead);
            case 16 -> askInOrTakeOut(lead);
            default -> {
                if (random.nextInt(4) == 0) {
                    lead.deleted().told();
                }
            }
        }
    }

    /** Of the ends of sequences, as campaign-service does. */
    void obeyCommands() {
        List<LeadCommand> commands = stage.commands(toko);
        for (LeadCommand command : commands.subList(obeyed, commands.size())) {
            Tenant.Lead lead = of(command.leadId());
            switch (command) {
                case LeadCommand.AddTrigger add -> {
                    if (carried.get(lead).getOrDefault(add.trigger(), 0L) <= add.usedUpTo()) {
                        take(lead, add.trigger());
                    }
                    give(lead, add.trigger()).told();
                }
                case LeadCommand.RemoveTrigger remove -> {
                    if (carried.get(lead).getOrDefault(remove.trigger(), 0L) == remove.assignment()) {
                        take(lead, remove.trigger()).told();
                    }
                }
            }
        }
        obeyed = commands.size();
    }

    /** A trigger that it has already stays as it is. */
    private Tenant.Lead give(Tenant.Lead lead, String trigger) {
        Map<String, Long> has = carried.computeIfAbsent(lead, none -> new HashMap<>());
        has.computeIfAbsent(trigger, none -> given.merge(lead, 1L, Long::sum));
        return lead.carrying(trigger, has.get(trigger));
    }

    private Tenant.Lead take(Tenant.Lead lead, String trigger) {
        carried.get(lead).remove(trigger);
        return lead.without(trigger);
    }

    private void optOutOrBack(Tenant.Lead lead) {
        if (optedOut.remove(lead.phone())) {
            toko.lift(lead);
        } else {
            optedOut.add(lead.phone());
            toko.suppress(lead);
        }
    }

    private void askInOrTakeOut(Tenant.Lead lead) {
        String contacts = "/api/v1/sequences/" + sequence + "/contacts";
        if (random.nextBoolean()) {
            toko.as("operator").delete(contacts + "/" + lead.id());
        } else {
            toko.as("operator")
                    .body(Map.of("lead_ids", List.of(lead.id().toString())))
                    .post(contacts);
        }
    }

    private DeviceId eitherDevice() {
        return random.nextBoolean() ? toko.merah() : toko.biru();
    }
}
