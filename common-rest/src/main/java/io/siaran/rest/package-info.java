/**
 * What every REST edge shares: who calls, problems, paging, idempotency keys, strict JSON and query parameters.
 * Called by the resources of the four services; knows none of them.
 * Always holds: whatever goes wrong is answered as problem+json, and a stack trace never leaves the process.
 */
package io.siaran.rest;
