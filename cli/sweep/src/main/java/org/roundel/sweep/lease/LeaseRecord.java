package org.roundel.sweep.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a lease's file says.
 *
 * @param owner who made it, and alone writes it
 * @param millis the time between two beats, in milliseconds
 * @param beats how often it was written anew
 * @param released whether the owner has let go
 */
public record LeaseRecord(Owner owner, long millis, long beats, boolean released) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // Those of a later version.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  static LeaseRecord first(Owner owner, Duration heartbeat) {
    return new LeaseRecord(owner, heartbeat.toMillis(), 0, false);
  }

  LeaseRecord next() {
    return new LeaseRecord(owner, millis, beats + 1, released);
  }

  LeaseRecord release() {
    return new LeaseRecord(owner, millis, beats + 1, true);
  }

  byte[] toBytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns what a text says; null if it is no record, as of a file that was just made. */
  static @Nullable LeaseRecord of(String content) {
    try {
      LeaseRecord record = JSON.readValue(content, LeaseRecord.class);
      boolean sound =
          record != null
              && record.owner != null
              && record.owner.id() != null
              && record.owner.host() != null
              && record.owner.machine() != null
              && record.owner.user() != null
              && record.owner.started() != null
              && record.millis > 0
              && record.millis <= LONGEST_MILLIS;
      return sound ? record : null;
    } catch (JsonProcessingException none) {
      return null;
    }
  }
}
