package io.siaran.gateway.registration;

import io.siaran.gateway.device.CredentialVault;
import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;

/** Which phone is linked to which device: one phone speaks as one device, across users and platforms. For virtual threads. */
@ApplicationScoped
public class LinkedNumbers {

    private static final String KNOWN = "SELECT 1 FROM devices WHERE id = $1 AND linked_number = $2 AND NOT deleted";
    private static final String LOCK = "SELECT 1 FROM pg_advisory_xact_lock($1)";
    /** Its own row too, and in the order of their ids, as all who lock several devices do. */
    private static final String HOLDERS = "SELECT id, condition FROM devices"
            + " WHERE (linked_number = $1 OR id = $2) AND NOT deleted ORDER BY id FOR UPDATE";

    private static final String FREE =
            "UPDATE devices SET linked_number = NULL, linked_phone = NULL WHERE linked_number = $1 AND id <> $2 AND NOT deleted";
    private static final String TAKE =
            "UPDATE devices SET linked_number = $1, linked_phone = $3 WHERE id = $2 AND NOT deleted";
    private static final String TAKE_OVER = "SELECT 1 FROM take_number($1, $2)";
    private static final String LOGGED_OUT =
            "UPDATE devices SET linked_number = NULL, linked_phone = NULL WHERE id = $1";

    private final Database database;
    private final CredentialVault vault;

    LinkedNumbers(Database database, CredentialVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * The device is that phone from now on, and goes on with its pause, its caps and its age; answers whether it may be. It may
     * not while another device is, unless that one was logged out. May be repeated.
     */
    public boolean claim(DeviceId id, PhoneNumber phone) {
        byte[] number = vault.fingerprint(phone);
        boolean known = database.run(KNOWN, id.value(), Buffer.buffer(number)).rowCount() > 0;
        return known || database.inTransaction(tx -> claim(tx, id, phone, number));
    }

    /** Its phone was logged out, and may be linked to another device. */
    public void release(Tx tx, DeviceId id) {
        tx.run(LOGGED_OUT, id.value());
    }

    private static boolean claim(Tx tx, DeviceId id, PhoneNumber phone, byte[] fingerprint) {
        Buffer number = Buffer.buffer(fingerprint);
        tx.run(LOCK, ByteBuffer.wrap(fingerprint).getLong());
        for (Row holder : tx.run(HOLDERS, number, id.value())) {
            boolean isOther = !holder.getUUID("id").equals(id.value());
            if (isOther && !holder.getString("condition").equals(DeviceCondition.REFUSED.wire())) {
                return false;
            }
        }
        tx.run(FREE, number, id.value());
        tx.run(TAKE, number, id.value(), phone.digits());
        tx.run(TAKE_OVER, id.value(), number);
        return true;
    }
}
