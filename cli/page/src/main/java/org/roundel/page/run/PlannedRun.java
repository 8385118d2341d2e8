package org.roundel.page.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that somebody has planned, who knows more of it than its directory says; it need not have
 * one yet.
 *
 * @param name of its directory
 * @param phase what became of it; null where its directory says that
 * @param where who trains it now; empty if nobody does
 * @param problem why nobody goes on with it; empty if there is nothing to say
 * @param epochs how many there will be
 * @param settings every setting, by name
 */
public record PlannedRun(
    String name,
    @Nullable RunPhase phase,
    String where,
    String problem,
    int epochs,
    Map<String, String> settings) {}
