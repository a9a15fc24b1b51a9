/**
 * What kills, doubles, restores or secures a whole stack: each test on one of its own. A module beside {@code deploy/e2e}, so that
 * the two run at once; in each, one class after the other, since two cores are too few for more stacks.
 * Always holds: nothing is left behind, no process and no home.
 */
package io.siaran.e2e;
