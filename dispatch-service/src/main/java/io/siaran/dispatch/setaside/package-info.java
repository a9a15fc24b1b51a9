/**
 * How an engine goes on where the database refuses one row: the batch is halved until the row is found, and that is put aside.
 * Called by every engine of this service (release, reconciliation, expiry, recalls, bulk actions, the fold); knows only the database.
 * Always holds: what is put aside stands in a table with its reason, is counted and logged, and nothing else waits for it.
 */
package io.siaran.dispatch.setaside;
