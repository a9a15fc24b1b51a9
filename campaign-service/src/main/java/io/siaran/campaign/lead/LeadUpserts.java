package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Writes many leads of one user at once, each known by its device and phone: added where it is new, else changed where it
 * says something else. What a row does not say stays. What would change nothing is not written and told to nobody.
 */
@ApplicationScoped
class LeadUpserts {

    private final LeadStore store;
    private final LeadConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    LeadUpserts(LeadStore store, LeadConfig config, Clock clock, RandomGenerator random) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The body in the spelling in which it is looked for; what it does not say is still not said.
     *
     * @throws Refusal a 400 that names every field that is wrong
     */
    LeadBody checked(LeadBody body) {
        body.requireComplete();
        return body.withPhone(body.normalised(config.phoneRegion(), null).phone());
    }

    /** The lead that this would be if it were new; throws as {@link #checked} does. */
    LeadBody asNew(LeadBody body) {
        body.requireComplete();
        return body.normalised(config.phoneRegion(), null);
    }

    /**
     * Within the transaction of the caller, who announces what was added or updated.
     *
     * @param wanted as {@link #checked} gave them
     * @return what became of each, in their order
     */
    List<Upserted> upsert(Tx tx, UserId user, List<LeadBody> wanted) {
        Map<Phone, Upserted> first = new LinkedHashMap<>();
        Map<Phone, LeadBody> open = new LinkedHashMap<>();
        wanted.forEach(body -> open.putIfAbsent(Phone.of(body), body));
        // A second round only for those that somebody else added in the moment between: now they are there.
        while (!open.isEmpty()) {
            first.putAll(round(tx, user, open));
            open.keySet().removeAll(first.keySet());
        }
        Set<Phone> met = new HashSet<>();
        return wanted.stream()
                .map(Phone::of)
                .map(phone ->
                        met.add(phone) ? first.get(phone) : first.get(phone).again())
                .toList();
    }

    private Map<Phone, Upserted> round(Tx tx, UserId user, Map<Phone, LeadBody> wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<Phone, Upserted> done = new LinkedHashMap<>();
        for (Lead lead : store.lockPhones(tx, user, wanted.values())) {
            Phone phone = Phone.of(lead.body());
            Lead next = lead.changedTo(normalised(wanted.get(phone).over(lead.body())), now);
            done.put(phone, new Upserted(next == lead ? Outcome.UNCHANGED : Outcome.UPDATED, next));
        }
        store.updateAll(
                tx,
                done.values().stream()
                        .filter(Upserted::isNews)
                        .map(Upserted::lead)
                        .toList());
        List<Lead> adding = wanted.entrySet().stream()
                .filter(each -> !done.containsKey(each.getKey()))
                .map(each ->
                        Lead.create(new LeadId(TimeOrderedId.v7(now, random)), user, normalised(each.getValue()), now))
                .toList();
        store.insertAll(tx, adding)
                .forEach(lead -> done.put(Phone.of(lead.body()), new Upserted(Outcome.CREATED, lead)));
        return done;
    }

    private LeadBody normalised(LeadBody body) {
        return body.normalised(config.phoneRegion(), body.phone());
    }

    /** What became of one row, and the lead that it is about. */
    record Upserted(Outcome outcome, Lead lead) {

        private Upserted again() {
            return new Upserted(Outcome.DUPLICATE, lead);
        }

        boolean isNews() {
            return outcome == Outcome.CREATED || outcome == Outcome.UPDATED;
        }
    }

    enum Outcome implements WireEnum {
        CREATED,
        UPDATED,
        /** It says what is stored. */
        UNCHANGED,
        /** An earlier row of the same request has this device and phone. */
        DUPLICATE,
        REFUSED
    }

    private record Phone(DeviceId device, String digits) {

        static Phone of(LeadBody body) {
            return new Phone(body.deviceId(), body.phone());
        }
    }
}
