package io.siaran.gateway.linking;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Logs the phones of deleted devices out: a link that nobody uses would still receive what people write. */
@ApplicationScoped
class UnlinkDeleted {

    private static final Logger LOG = Logger.getLogger(UnlinkDeleted.class);
    private static final String DUE = Sql.load(UnlinkDeleted.class, "deleted-links.sql");
    private static final String LATER = Sql.load(UnlinkDeleted.class, "unlink-later.sql");
    private static final String DONE = "UPDATE devices SET link_begun = false WHERE id = $1";
    private static final int BATCH = 20;

    private final Database database;
    private final ConnectedDevices devices;
    private final Providers providers;

    UnlinkDeleted(Database database, ConnectedDevices devices, Providers providers) {
        this.database = database;
        this.devices = devices;
        this.providers = providers;
    }

    /** What cannot be told now is told later, and keeps nobody else waiting: logging out twice does nothing more. */
    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void unlinkSome() {
        try {
            for (Row row : database.run(DUE, BATCH)) {
                unlink(new DeviceId(row.getUUID("id")));
            }
        } catch (RuntimeException failure) {
            LOG.warnf("the phones of deleted devices are logged out later: %s", failure.toString());
        }
    }

    private void unlink(DeviceId id) {
        Optional<ConnectedDevice> device = devices.evenDeleted(id);
        boolean isOver = device.flatMap(
                        each -> providers.of(each.platform()).linking().map(port -> unlink(port, each)))
                .orElse(true);
        database.run(isOver ? DONE : LATER, id.value());
    }

    private static boolean unlink(LinkPort port, ConnectedDevice device) {
        return port.unlink(device);
    }
}
