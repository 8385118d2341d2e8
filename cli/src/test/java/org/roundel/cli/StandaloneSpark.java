package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A cluster of Spark's own: a master and workers, each a process, as its scripts start them. */
final class StandaloneSpark implements AutoCloseable {
  private static final long LONGEST_START_SECONDS = 60;

  private final Path directory;
  private final String host;
  private final List<Process> started = new ArrayList<>();
  private final String url;
  private final String page;

  /**
   * Starts the master.
   *
   * @param directory where logs and what executors leave behind go
   * @param host its address
   */
  StandaloneSpark(Path directory, String host) throws Exception {
    this.directory = Files.createDirectories(directory);
    this.host = host;
    Path log =
        start("master", host, List.of(), "deploy.master.Master", "--host", host, "--port", "0");
    url = await(log, "Starting Spark master at (spark://\\S+:\\d+)");
    page = await(log, "MasterWebUI.* started at (http://\\S+:\\d+)");
  }

  /** Returns what {@code --master} is given. */
  String url() {
    return url;
  }

  /** Ends the programs that work there now, as people do on the master's page. */
  void endApplications() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ask = HttpRequest.newBuilder(URI.create(page + "/json/")).build();
    String answer = client.send(ask, BodyHandlers.ofString()).body();
    Matcher application = Pattern.compile("app-\\d+-\\d+").matcher(answer);
    assertThat(application.find()).as(answer).isTrue();
    HttpRequest end =
        HttpRequest.newBuilder(URI.create(page + "/app/kill/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("terminate=true&id=" + application.group()))
            .build();
    assertThat(client.send(end, BodyHandlers.ofString()).statusCode()).isEqualTo(302);
  }

  /** Starts a worker of one core, and waits until the master knows it. */
  Process addWorker() throws Exception {
    return addWorker(host, List.of());
  }

  /**
   * Starts a worker elsewhere.
   *
   * @param host its address
   * @param prefix the words of a command that starts a command there
   */
  Process addWorker(String host, List<String> prefix) throws Exception {
    String name = "worker-" + started.size();
    String work = directory.resolve(name).toString();
    String worker = "deploy.worker.Worker";
    Path log =
        start(name, host, prefix, worker, "--host", host, "-c", "1", "-m", "1g", "-d", work, url);
    await(log, "(Successfully registered with master)");
    return started.get(started.size() - 1);
  }

  private Path start(
      String name, String host, List<String> prefix, String daemon, String... arguments)
      throws Exception {
    Path log = directory.resolve(name + ".log");
    List<String> words = new ArrayList<>(List.of("org.apache.spark." + daemon));
    words.addAll(List.of("--webui-port", "0"));
    words.addAll(List.of(arguments));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(command(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", home());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", host);
    builder.environment().put("OMP_NUM_THREADS", "1");
    started.add(builder.start());
    return log;
  }

  /** Returns the command that {@code bin/spark-submit} becomes. */
  static List<String> submit(List<String> arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    words.addAll(arguments);
    return command(words);
  }

  /** Returns what {@code bin/spark-class} runs, which asks a program of Spark's for it, too. */
  private static List<String> command(List<String> words) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> ask = new ArrayList<>(List.of(java, "-cp", home() + "/jars/*"));
    ask.add("org.apache.spark.launcher.Main");
    ask.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(ask).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", home());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_SCALA_VERSION", "2.13");
    Process launcher = builder.start();
    String answer = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(launcher.waitFor()).as(answer).isZero();
    // The first one is empty, by which the script knows where the command begins.
    return Stream.of(answer.split("\0")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static String home() {
    String home = System.getProperty("roundel.spark-home");
    assertThat(home).as("system property roundel.spark-home").isNotNull();
    return home;
  }

  private static String await(Path log, String pattern) throws Exception {
    Pattern line = Pattern.compile(pattern);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (true) {
      Matcher matcher = line.matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher.group(1);
      }
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() throws Exception {
    for (Process process : started) {
      List<ProcessHandle> executors = process.descendants().toList();
      process.destroyForcibly().waitFor();
      executors.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
