package org.roundel.onednn.operation;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.winograd.Team;

/**
 * A zero-padded shortcut of images in blocks of channels, as one step in Java: three of oneDNN's
 * cost more than a small net's convolutions where the batch is one image.
 */
final class BlockedShortcut {
  private final Shape in;
  private final Shape out;
  private final int stride;
  private final int batch;
  private final Team team;
  private final float[][] rows;
  private final float[][] kept;

  private BlockedShortcut(Shape in, Shape out, int stride, int batch, Team team) {
    this.in = in;
    this.out = out;
    this.stride = stride;
    this.batch = batch;
    this.team = team;
    int block = Math.toIntExact(Device.block());
    int parts = Math.min(batch, team.size());
    rows = new float[parts][Math.toIntExact(in.width() * block)];
    kept = new float[parts][Math.toIntExact(out.width() * block)];
  }

  /** Adds the step and defines the value; returns false, after doing nothing, if it cannot. */
  static boolean add(int value, ZeroPaddedShortcut shortcut, InferenceCompiler net) {
    Shape in = net.shape(shortcut.input());
    Shape out = net.shape(value);
    long block = Device.block();
    if (!net.frozen()
        || net.home(value) != Layout.BLOCKED
        || in.channels() % block != 0
        || out.channels() % block != 0
        || net.batch() * Math.max(in.size(), out.size()) > Integer.MAX_VALUE) {
      return false;
    }
    BlockedShortcut step =
        new BlockedShortcut(
            in,
            out,
            Math.toIntExact(shortcut.stride()),
            Math.toIntExact(net.batch()),
            net.program().workspace().team());
    Tensor source = net.output(shortcut.input(), Layout.BLOCKED);
    Tensor target = net.allocate(value);
    net.program()
        .compute(
            shortcut.name() + " forward",
            () -> step.run(source.floats(), target.floats()),
            source,
            target);
    net.define(value, target);
    return true;
  }

  private void run(FloatBuffer source, FloatBuffer target) {
    int parts = rows.length;
    team.run(
        parts,
        part -> {
          for (int image = batch * part / parts; image < batch * (part + 1) / parts; image++) {
            copy(source, target, image, rows[part], kept[part]);
          }
        });
  }

  private void copy(FloatBuffer source, FloatBuffer target, int image, float[] row, float[] made) {
    int block = Math.toIntExact(Device.block());
    int height = Math.toIntExact(out.height());
    int width = Math.toIntExact(out.width());
    int from = Math.toIntExact(image * in.size());
    int to = Math.toIntExact(image * out.size());
    for (int part = 0; part < in.channels() / block; part++) {
      for (int line = 0; line < height; line++) {
        source.get(from + line * stride * row.length, row);
        for (int pixel = 0; pixel < width; pixel++) {
          System.arraycopy(row, pixel * stride * block, made, pixel * block, block);
        }
        target.put(to, made);
        to += made.length;
      }
      from += Math.toIntExact(in.height()) * row.length;
    }
    Arrays.fill(made, 0);
    for (int end = Math.toIntExact((image + 1) * out.size()); to < end; to += made.length) {
      target.put(to, made);
    }
  }
}
