package io.siaran.localstack.simulator;

import io.siaran.model.Wire;

/** What can go wrong at a platform; each says whether the phone receives the message all the same. */
enum FaultKind implements Wire {
    /** The credential is no longer valid. Not delivered. */
    TOKEN_EXPIRED,
    /** 429 with {@code Retry-After}. Not delivered. */
    RATE_LIMITED,
    /** 500 with a readable refusal. Not delivered. */
    SERVER_ERROR,
    /** 504 of a proxy that lost patience. <b>Delivered.</b> */
    GATEWAY_TIMEOUT,
    /** Half of the answer, then silence for the delay, then the rest. <b>Delivered.</b> */
    SLOW_BODY,
    /** An HTML page with status 502. Delivered or not, as the fault says. */
    HTML_BAD_GATEWAY,
    /** The connection is closed after the request was read. Delivered or not, as the fault says. */
    RESET,
    /** The number is not on WhatsApp. Not delivered. */
    UNKNOWN_NUMBER,
    /** The phone logs out while it sends, and stays disconnected. Not delivered. */
    LOGOUT
}
