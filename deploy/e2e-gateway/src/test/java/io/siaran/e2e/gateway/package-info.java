/**
 * Several processes of device-gateway on one group, killed, stopped, woken, added and removed; nothing else of Siaran runs.
 * Run by {@code ./siaran test} once the gateway is packaged; the tests play dispatch, and the platform's simulator is in their process.
 * Judged by what the phones received: no text twice, no pause shorter than drawn, and no unknown that was known.
 */
package io.siaran.e2e.gateway;
