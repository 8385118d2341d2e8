package org.roundel.page.server;

import org.jspecify.annotations.Nullable;

/**
 * Who is answered, and how.
 *
 * @param token what a request has to bring; null if it need not bring anything
 * @param certificate who the server is, over TLS; null for plain HTTP
 */
public record Access(@Nullable AccessToken token, @Nullable ServerCertificate certificate) {
  /** Everybody, over plain HTTP. */
  public static final Access OPEN = new Access(null, null);
}
