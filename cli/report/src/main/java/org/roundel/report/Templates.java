package org.roundel.report;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.Version;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The program's own templates. Everything that is put into one is escaped for HTML. */
final class Templates {
  /** Whose behaviour the engine keeps, whatever version it is. */
  static final Version VERSION = Configuration.VERSION_2_3_35;

  private static final Configuration CONFIGURATION = configuration();

  private Templates() {}

  private static Configuration configuration() {
    Configuration configuration = new Configuration(VERSION);
    configuration.setTemplateLoader(new ClassTemplateLoader(Templates.class.getClassLoader(), ""));
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocalizedLookup(false);
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setObjectWrapper(new TemplateValues());
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    // A mistake in a template is the program's own, and told as every other of its exceptions.
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.addAutoImport("page", "org/roundel/report/page.ftlh");
    return configuration;
  }

  /** Returns a template with values in the place of their names. */
  static String render(String template, Map<String, Object> values) {
    StringWriter page = new StringWriter();
    try {
      CONFIGURATION.getTemplate(template).process(values, page);
    } catch (TemplateException failed) {
      throw new IllegalStateException("the template " + template + " has a mistake", failed);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return page.toString();
  }
}
