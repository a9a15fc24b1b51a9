package io.siaran.gateway.linking;

import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.device.LinkSecrets;
import io.siaran.gateway.provider.LinkPort.Standing;
import io.siaran.model.DeviceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The addresses of link pages. The secret is the fragment, which no browser sends and no server logs. */
@ApplicationScoped
class LinkAddresses {

    private final LinkSecrets secrets;
    private final LinkConfig config;
    private final String base;
    private final Clock clock;

    LinkAddresses(LinkSecrets secrets, LinkConfig config, CallbackConfig callbacks, Clock clock) {
        this.secrets = secrets;
        this.config = config;
        this.base = config.publicUrl()
                .or(callbacks::publicUrl)
                .map(url -> url.replaceAll("/+$", ""))
                .orElse("");
        this.clock = clock;
    }

    LinkView view(DeviceId device, Standing standing) {
        Instant until = clock.instant().plus(config.valid()).truncatedTo(ChronoUnit.SECONDS);
        URI page = URI.create(base + "/api/v1/devices/" + device + "/link#" + secrets.of(device, until));
        return LinkView.of(standing, page, until);
    }
}
