package io.siaran.gateway.scene;

import io.siaran.gateway.Cast.Registered;
import io.siaran.sql.Tx;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Servers that nobody ever reaches, each with one device: for what is looked at in a transaction that nobody else sees. */
public final class SilentHosts {

    private SilentHosts() {}

    /** So many devices of that one's user and platform, each on a host of its own. */
    public static UUID[] of(Tx tx, Registered like, int hosts) {
        return StreamSupport.stream(
                        tx.run(
                                        "INSERT INTO devices (id, user_id, name, platform, base_url, credential, fingerprint,"
                                                + " condition, status, status_since, status_reason, time_zone, anti_spam,"
                                                + " next_check_at, version, created_at, updated_at)"
                                                + " SELECT gen_random_uuid(), user_id, name, platform,"
                                                + " 'http://silent-' || n || '.example', credential, fingerprint || n::text::bytea,"
                                                + " 'unchecked', 'offline', created_at, 'unchecked', time_zone, anti_spam,"
                                                + " 'infinity', 0, created_at, created_at"
                                                + " FROM devices, generate_series(1, $2::int) AS n WHERE id = $1 RETURNING id",
                                        like.id().value(),
                                        hosts)
                                .spliterator(),
                        false)
                .map(row -> row.getUUID("id"))
                .toArray(UUID[]::new);
    }

    /** As if they had never been; what waits at them too. */
    public static void forget(Tx tx, UUID... devices) {
        for (String table :
                new String[] {"inbound_messages WHERE device_id", "send_journal WHERE device_id", "devices WHERE id"}) {
            tx.run("DELETE FROM " + table + " = ANY ($1::uuid[])", (Object) devices);
        }
    }
}
