package io.siaran.campaign.planning;

import io.siaran.model.DeviceId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What falls to one device.
 *
 * @param name null, and the status, of one that is not known
 * @param queued what waits on it and goes first
 */
record DeviceShare(DeviceId device, String name, String status, long leads, long queued, Forecast forecast) {

    /** The pace of a device that has none of its own, in seconds. */
    private static final int MIN_DELAY = 10;

    private static final int MAX_DELAY = 30;

    /** The campaign's pace, else the device's, else the one of whoever has none. */
    static DeviceShare of(CampaignTerms terms, DeviceId device, long leads, Row row) {
        if (row == null) {
            return new DeviceShare(device, null, null, leads, 0, forecast(terms, leads, null, null, null, null));
        }
        long queued = row.getLong("queued");
        Forecast forecast = forecast(
                terms,
                leads + queued,
                row.getInteger("min_delay"),
                row.getInteger("max_delay"),
                row.getInteger("hourly_cap"),
                row.getInteger("daily_cap"));
        return new DeviceShare(device, row.getString("name"), row.getString("status"), leads, queued, forecast);
    }

    private static Forecast forecast(
            CampaignTerms terms, long messages, Integer min, Integer max, Integer hourlyCap, Integer dailyCap) {
        boolean own = min != null && max != null;
        return new Forecast(
                messages,
                Objects.requireNonNullElse(terms.minDelaySeconds(), own ? min : MIN_DELAY),
                Objects.requireNonNullElse(terms.maxDelaySeconds(), own ? max : MAX_DELAY),
                hourlyCap,
                dailyCap);
    }

    /** How many of the leads, before whom goes what is queued. */
    long notSentWithin(Duration time) {
        return Math.clamp(leads + queued - forecast.capacity(time), 0, leads);
    }

    CampaignPreview.OnDevice view(AudienceCount count, Instant ends) {
        return new CampaignPreview.OnDevice(device, name, status, leads, count.leftOut(device), queued, ends);
    }
}
