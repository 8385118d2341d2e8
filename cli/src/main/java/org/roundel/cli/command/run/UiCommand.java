package org.roundel.cli.command.run;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.ServerAccess;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.RunDirectory;
import org.roundel.page.run.RunFolder;
import org.roundel.page.server.Access;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.Route;
import org.roundel.page.server.WebServer;
import org.roundel.page.view.RunsPage;
import org.roundel.sweep.work.SweepDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the runs of a directory in a browser. */
@Command(
    name = "ui",
    sortOptions = false,
    customSynopsis = "roundel ui [OPTION]... [DIR]",
    description = {
      "Show runs in a browser, finished ones and others' that go on.",
      "Of a sweep it shows every cell, waiting, running where, or how it ended.",
      "It only reads the runs' directories, and serves until Ctrl-C."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel ui",
      "  roundel ui results/runs --port 8080",
      "  roundel ui sweeps/methods"
    })
public final class UiCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "runs",
      description = {
        "the directory that holds the runs, or a sweep's",
        "(default: ${DEFAULT-VALUE})"
      })
  private Path directory = Path.of("runs");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      order = 800,
      description = {"where to serve; 0 for any free port", "(default: 7333 or a free one)"})
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      order = 801,
      description = {
        "the address to serve at; 0.0.0.0 for every network",
        "(default: ${DEFAULT-VALUE}, this machine only)"
      })
  private String host = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      order = 802,
      description = {
        "answer only who has the token in this file; else",
        "that of the variable ROUNDEL_TOKEN, or everybody"
      })
  private @Nullable Path token;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      order = 803,
      description = {"serve over TLS, by this certificate (PEM);", "else plain HTTP"})
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      order = 804,
      description = "the certificate's private key (PEM, PKCS #8)")
  private @Nullable Path key;

  public UiCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.isDirectory(directory)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "there is no directory "
              + directory
              + ". Name the one that holds the runs, as 'roundel train' has made it.");
    }
    if (Files.exists(directory.resolve(RunDirectory.MANIFEST))) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          directory
              + " is a run; give the directory that holds it: roundel ui "
              + MessageText.shellWord(directory.toAbsolutePath().resolve("..").normalize()));
    }
    try (RunsPage page = new RunsPage(folder());
        WebServer server = serve(page.routes())) {
      String warning = server.warning("");
      if (!warning.isEmpty()) {
        new ErrorReporter(context.terminal(), false).print("warning: " + warning);
      }
      PrintStream out = context.terminal().out();
      out.println("page  " + server.address("/"));
      out.println("Ctrl-C ends it.");
      out.flush();
      // A signal ends the process.
      new CountDownLatch(1).await();
      return ExitCodes.OK;
    }
  }

  private RunFolder folder() {
    if (!SweepDirectory.isAt(directory)) {
      return new RunFolder(directory);
    }
    SweepDirectory sweep = SweepDirectory.open(directory);
    return new RunFolder(sweep.runs(), new SweepPlanned(sweep)::runs);
  }

  private WebServer serve(Map<String, Route> routes) {
    Access access = ServerAccess.of("", token, certificate, key);
    if (port == null) {
      return WebServer.startNear(new ListenAddress("", host, WebServer.USUAL_PORT), access, routes);
    }
    return WebServer.start(new ListenAddress("", host, port), access, routes);
  }
}
