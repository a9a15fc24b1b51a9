/**
 * Who did what when, with what it was before and after: written by the transaction that does it, or told by another service as its
 * transaction wrote it; never changed, and forgotten when it is old.
 * Called by the packages whose resources do something; knows only the database.
 * Always holds: what was rolled back has no entry, and no entry that is written here shows a phone, a text or a secret.
 */
package io.siaran.dispatch.audit;
