package io.siaran.campaign.suppression;

import io.siaran.campaign.SuppressPeople;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** As an operator's word: a START of the person does not undo it. */
@ApplicationScoped
class EndMessages implements SuppressPeople {

    private final Suppressions suppressions;

    EndMessages(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    @Override
    public void suppress(Tx tx, UserId user, PhoneNumber phone, String reason) {
        suppressions.suppress(tx, user, phone, reason);
    }
}
