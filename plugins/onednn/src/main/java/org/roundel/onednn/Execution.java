package org.roundel.onednn;

import java.util.function.LongSupplier;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.Team;

/**
 * What a net is run by.
 *
 * @param wishes how it is computed, where there is a choice
 * @param team the threads of kernels in Java; oneDNN has its own
 * @param allowed says how many bytes more this process may take, where that is less than what the
 *     machine has
 */
public record Execution(Wishes wishes, Team team, LongSupplier allowed) {}
