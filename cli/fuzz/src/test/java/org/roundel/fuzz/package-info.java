/** What the fuzz tests of all readers share: how a reader is held to what is promised of it. */
package org.roundel.fuzz;
