package org.roundel.c;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.Operation;
import org.roundel.api.net.ScaleShift;

/**
 * Where the values of a net lie in one working buffer. Two values share a place if one is read for
 * the last time before the other is made; what works number by number puts its result over its
 * input. The largest are placed first, each as low as it can. The scores lie with the caller.
 */
final class WorkspacePlan {
  /** Room for one value, or for several, each made over the one before it. */
  private static final class Room {
    private final int size;

    /** The value that it is first needed for. */
    private final int first;

    /** The value that is made when it is last read. */
    private int last;

    private int place;

    Room(int size, int first) {
      this.size = size;
      this.first = first;
    }

    boolean meets(Room other) {
      return first <= other.last && other.first <= last;
    }

    int end() {
      return Math.addExact(place, size);
    }
  }

  /** Of each value; null where it lies with the caller. */
  private final List<@Nullable Room> rooms = new ArrayList<>();

  private final int length;

  /**
   * Plans.
   *
   * @param imageInside whether the image lies in the buffer too, not with the caller
   */
  WorkspacePlan(NetGraph graph, boolean imageInside) {
    int[] last = lastReaders(graph);
    List<Room> all = new ArrayList<>();
    for (int value = 0; value < graph.output(); value++) {
      Room room = value == 0 ? null : over(graph.operations().get(value - 1), value, last);
      if (room == null && (value > 0 || imageInside)) {
        room = new Room(graph.shape(value).size(), value);
        all.add(room);
      }
      if (room != null) {
        room.last = last[value];
      }
      rooms.add(room);
    }
    rooms.add(null);
    length = placed(all);
  }

  /** Returns for each value the last one that is made of it, itself if there is none. */
  private static int[] lastReaders(NetGraph graph) {
    int[] last = new int[graph.output() + 1];
    for (int value = 1; value < last.length; value++) {
      last[value] = value;
      for (int input : graph.operations().get(value - 1).inputs()) {
        last[input] = value;
      }
    }
    return last;
  }

  /** Returns the room of an input that the operation may make its value over. */
  private @Nullable Room over(Operation operation, int value, int[] last) {
    if (operation instanceof Activation
        || operation instanceof ScaleShift
        || operation instanceof Add) {
      for (int input : operation.inputs()) {
        if (last[input] == value && rooms.get(input) != null) {
          return rooms.get(input);
        }
      }
    }
    return null;
  }

  private static int placed(List<Room> all) {
    List<Room> placed = new ArrayList<>();
    int length = 0;
    all.sort(Comparator.comparingInt((Room room) -> -room.size));
    for (Room room : all) {
      // By their places; each that is in the way moves it up.
      for (Room other : placed) {
        if (room.meets(other) && room.place < other.end() && other.place < room.end()) {
          room.place = other.end();
        }
      }
      placed.add(room);
      placed.sort(Comparator.comparingInt((Room other) -> other.place));
      length = Math.max(length, room.end());
    }
    return length;
  }

  /** Returns where a value begins, in numbers; 0 for one that lies with the caller. */
  int place(int value) {
    Room room = rooms.get(value);
    return room == null ? 0 : room.place;
  }

  /** Returns how many numbers the buffer has, at least 1, for C has no arrays of none. */
  int length() {
    return Math.max(1, length);
  }
}
