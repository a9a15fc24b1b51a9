package io.siaran.dispatch.fleet;

import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads what the devices of a user have to do. */
@ApplicationScoped
class DeviceLines {

    private static final String LINES = Sql.load(DeviceLines.class, "device-lines.sql");
    private static final UUID FIRST = new UUID(0, 0);

    private final Reads reads;

    DeviceLines(Reads reads) {
        this.reads = reads;
    }

    /** @param devices only these; empty: all */
    Page<DeviceLine> of(UserId user, List<DeviceId> devices, PageRequest page, boolean stopped) {
        UUID after = page.after(UUID::fromString).orElse(FIRST);
        UUID[] named =
                devices.isEmpty() ? null : devices.stream().map(DeviceId::value).toArray(UUID[]::new);
        List<Row> rows = StreamSupport.stream(
                        reads.run(LINES, user.value(), after, page.rowsToRead(), named)
                                .spliterator(),
                        false)
                .toList();
        return Page.of(rows, page, row -> row.getUUID("device_id"), row -> DeviceLine.of(row, stopped));
    }
}
