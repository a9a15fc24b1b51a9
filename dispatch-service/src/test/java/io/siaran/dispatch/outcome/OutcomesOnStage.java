package io.siaran.dispatch.outcome;

import io.siaran.dispatch.Events;
import io.siaran.model.DeliveryEvent;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lets tests of other packages settle. */
@ApplicationScoped
class OutcomesOnStage implements Events {

    private final Database database;
    private final ApplyDeliveryEvents settling;

    OutcomesOnStage(Database database, ApplyDeliveryEvents settling) {
        this.database = database;
        this.settling = settling;
    }

    @Override
    public void settle(DeliveryEvent... events) {
        database.doInTransaction(tx -> settling.settle(tx, List.of(events)));
    }
}
