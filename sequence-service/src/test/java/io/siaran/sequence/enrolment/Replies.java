package io.siaran.sequence.enrolment;

import io.siaran.model.InboundMessage;
import io.siaran.sequence.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Lets tests of every package have people answer. */
@ApplicationScoped
public class Replies {

    @Inject
    ReplyIntake intake;

    public void from(Tenant tenant, Tenant.Lead lead, Instant at) {
        intake.apply(List.of(new InboundMessage(
                UUID.randomUUID(), tenant.user(), tenant.biru(), lead.phone(), "Ani", "text", "Berapa harga?", at)));
    }
}
