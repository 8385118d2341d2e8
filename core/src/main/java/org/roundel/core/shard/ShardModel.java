package org.roundel.core.shard;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.Tensors;
import org.roundel.api.model.Model;

/** A model's arrays as they travel between processes, always in the model's own order. */
final class ShardModel {
  private final List<FloatBuffer> parameters;
  private final List<FloatBuffer> gradients;
  private final List<FloatBuffer> buffers;

  ShardModel(Model model) {
    parameters =
        model.parameters().stream().map(parameter -> Tensors.floats(parameter.values())).toList();
    gradients =
        model.parameters().stream().map(parameter -> Tensors.floats(parameter.gradient())).toList();
    buffers = model.buffers().stream().map(buffer -> Tensors.floats(buffer.values())).toList();
  }

  List<FloatBuffer> gradients() {
    return gradients;
  }

  /** Returns the weights and buffers that are in place, behind some bytes of the caller's. */
  byte[] weights(byte[] before) {
    List<PackedFloats> packed = new ArrayList<>();
    int size = before.length + bytes(buffers);
    for (FloatBuffer parameter : parameters) {
      PackedFloats floats = new PackedFloats(parameter);
      packed.add(floats);
      size = Math.addExact(size, floats.size());
    }
    byte[] all = new byte[size];
    ByteBuffer bytes = ByteBuffer.wrap(all).put(before);
    packed.forEach(floats -> floats.write(bytes));
    writeBuffers(bytes);
    return all;
  }

  void placeWeights(ByteBuffer bytes) {
    parameters.forEach(parameter -> PackedFloats.read(bytes, parameter));
    readBuffers(bytes);
  }

  int bufferBytes() {
    return bytes(buffers);
  }

  void writeBuffers(ByteBuffer bytes) {
    buffers.forEach(buffer -> PackedFloats.writeElements(buffer, bytes));
  }

  void readBuffers(ByteBuffer bytes) {
    buffers.forEach(buffer -> PackedFloats.readElements(bytes, buffer));
  }

  int gradientBytes() {
    return bytes(gradients);
  }

  void writeGradients(ByteBuffer bytes) {
    gradients.forEach(gradient -> PackedFloats.writeElements(gradient, bytes));
  }

  void readGradients(ByteBuffer bytes) {
    gradients.forEach(gradient -> PackedFloats.readElements(bytes, gradient));
  }

  private static int bytes(List<FloatBuffer> arrays) {
    int bytes = 0;
    for (FloatBuffer array : arrays) {
      bytes = Math.addExact(bytes, Math.multiplyExact(array.capacity(), Float.BYTES));
    }
    return bytes;
  }
}
