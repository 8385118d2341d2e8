package org.roundel.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An image made from a Dockerfile without an engine: each stage is a directory in which its steps
 * are carried out, on this system's programs and Java instead of a base image's.
 *
 * <p>Files are linked, not copied, so no step may write into one that it was given.
 */
final class Image {
  private final Map<String, Path> stages = new HashMap<>();
  private final Map<String, String> arguments = new HashMap<>();
  private final Path context;
  private final Path place;
  private Path root;
  private Map<String, String> environment = new HashMap<>();
  private int user;
  private String directory = "/";
  private List<String> entrypoint = List.of();
  private List<String> command = List.of();
  private List<String> healthCheck = List.of();
  private String volume = "";

  private Image(Path context, Path place) {
    this.context = context;
    this.place = place;
    this.root = place;
  }

  /**
   * Makes one.
   *
   * @param context the directory whose files are copied
   * @param place an empty directory
   */
  static Image build(Path dockerfile, Path context, Path place)
      throws IOException, InterruptedException {
    Image image = new Image(context, place);
    for (Dockerfile.Step step : Dockerfile.read(dockerfile).steps()) {
      image.carryOut(step);
    }
    return image;
  }

  private void carryOut(Dockerfile.Step step) throws IOException, InterruptedException {
    String text = step.text();
    switch (step.instruction()) {
      case "ARG" -> arguments.put(text.split("=")[0], text.split("=")[1]);
      case "FROM" -> from(Dockerfile.expand(text, arguments).split("\\s+"));
      case "COPY" -> copy(step.words());
      case "RUN" -> run(text);
      case "ENV" -> {
        String[] pair = text.split("=", 2);
        environment.put(pair[0], Dockerfile.expand(pair[1], environment));
      }
      case "LABEL" -> assertThat(text).contains("org.opencontainers.image.title=\"Roundel\"");
      case "USER" -> user = Integer.parseInt(text.split(":")[0]);
      case "WORKDIR" -> directory = text;
      case "VOLUME" -> volume = text;
      case "EXPOSE" -> assertThat(text).isEqualTo("9464");
      case "HEALTHCHECK" ->
          healthCheck =
              new Dockerfile.Step("CMD", text.substring(text.indexOf("CMD") + 3).strip()).words();
      case "ENTRYPOINT" -> entrypoint = step.words();
      case "CMD" -> command = step.words();
      default -> throw new AssertionError("a step that nobody carries out: " + step);
    }
  }

  private void from(String... words) throws IOException {
    assertThat(words[0]).matches("eclipse-temurin:17[.0-9]+_\\d+-jre-noble");
    root = Files.createDirectory(place.resolve("stage-" + stages.size()));
    stages.put(words.length > 1 ? words[2] : "", root);
    environment = Sandbox.basicEnvironment();
  }

  private void copy(List<String> words) throws IOException, InterruptedException {
    boolean ofStage = words.get(0).startsWith("--from=");
    Path top = ofStage ? stages.get(words.get(0).substring("--from=".length())) : context;
    Path from = Path.of(top + "/" + words.get(ofStage ? 1 : 0));
    Path to = Path.of(root + words.get(words.size() - 1));
    boolean tree = Files.isDirectory(from);
    Files.createDirectories(to);
    Path log = place.resolve("copy.txt");
    Process copying =
        new ProcessBuilder("cp", "-RL", "--link", from + (tree ? "/." : ""), to + "/")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(copying.waitFor()).as("%s", Files.readString(log)).isZero();
  }

  private void run(String text) throws IOException, InterruptedException {
    Sandbox sandbox = new Sandbox(root, false, user, environment, directory, Map.of());
    Sandbox.Running running =
        sandbox.start(List.of("/bin/sh", "-c", text), place.resolve("run.txt"));
    assertThat(running.end()).as("%s: %s", text, running.text()).isZero();
  }

  Path root() {
    return root;
  }

  List<String> command() {
    return command;
  }

  List<String> healthCheck() {
    return healthCheck;
  }

  /** Starts a container with a root that is read-only and a volume; the words stand for CMD's. */
  Sandbox.Running start(Path runs, List<String> words, Path output) throws IOException {
    List<String> program = new ArrayList<>(entrypoint);
    program.addAll(words);
    Map<String, Sandbox.Mount> mounts = Map.of(volume, new Sandbox.Mount(runs, true));
    return new Sandbox(root, true, user, environment, directory, mounts).start(program, output);
  }
}
