package org.roundel.cli;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** Another program of the same user, which loads oneDNN and with it an OpenMP of its own. */
final class Neighbour {
  private Neighbour() {}

  /** Loads it where JavaCPP puts it for everybody. */
  public static void main(String[] arguments) {
    System.out.println(Loader.load(dnnl.class));
  }
}
