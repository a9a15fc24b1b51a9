/**
 * Keeps one bad row from stopping an engine: a batch that fails shrinks until the row is found and set aside; what fails as a whole is put off.
 * Called by enrolment (reviews, marks), firing and progress (unknown steps, edits, stranded steps).
 * Always holds: a row that is set aside keeps its reason, is counted and logged, and is tried again later.
 */
package io.siaran.sequence.batch;
