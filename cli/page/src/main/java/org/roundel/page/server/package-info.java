/** An HTTP server for loopback: limits, the names it answers to, and what it answers with. */
@NullMarked
package org.roundel.page.server;

import org.jspecify.annotations.NullMarked;
