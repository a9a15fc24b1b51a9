package io.siaran.dispatch.webhook;

import io.siaran.model.WireEnum;

/** Why a webhook gets nothing. */
enum DisabledReason implements WireEnum {
    /** Its user wants it so. */
    USER,
    /** Its receiver answered 410. */
    GONE,
    /** Nothing arrived for days. */
    FAILING
}
