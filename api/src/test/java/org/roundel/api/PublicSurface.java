package org.roundel.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a plugin compiled against this module can depend on, one line each: public types
 * with their supertypes, and public and protected members with their full signatures. A line begins
 * with its type, so that the lines of a file stay sorted and a difference can be read.
 */
final class PublicSurface {
  private final TreeSet<String> lines = new TreeSet<>();

  private PublicSurface() {}

  /** Returns the lines for the classes in a directory, sorted. */
  static List<String> of(Path classes) {
    PublicSurface surface = new PublicSurface();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = classes.relativize(file).toString().replace(java.io.File.separatorChar, '.');
        // Other packages of the module are the program's own, and no plugin's class loader sees
        // them.
        if (name.startsWith("org.roundel.api.")
            && name.endsWith(".class")
            && !name.endsWith("package-info.class")) {
          surface.add(Class.forName(name.substring(0, name.length() - ".class".length())));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
    return List.copyOf(surface.lines);
  }

  private void add(Class<?> type) {
    for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
      if (!Modifier.isPublic(around.getModifiers())) {
        return;
      }
    }
    String name = type.getName();
    lines.add(name + ": " + declaration(type));
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field)) {
        lines.add(name + "." + field.getName() + ": " + declaration(field));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor)) {
        lines.add(name + "." + signature("new", constructor, "constructor"));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method)) {
        String returned = text(method.getAnnotatedReturnType());
        lines.add(name + "." + signature(method.getName(), method, returned));
      }
    }
  }

  private static boolean isVisible(Member member) {
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || Modifier.isProtected(member.getModifiers()));
  }

  private static String declaration(Class<?> type) {
    StringBuilder text = new StringBuilder();
    text.append(modifiers(type.getModifiers() & ~Modifier.INTERFACE & ~Modifier.STATIC));
    String kind = type.isInterface() ? "interface" : type.isEnum() ? "enum" : "class";
    text.append(type.isRecord() ? "record" : kind)
        .append(' ')
        .append(variables(type.getTypeParameters()));
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class) {
      text.append("extends ").append(parent.getTypeName());
    }
    for (Type implemented : type.getGenericInterfaces()) {
      text.append(" implements ").append(implemented.getTypeName());
    }
    return text.toString().strip().replace("  ", " ");
  }

  private static String declaration(Field field) {
    String text = modifiers(field.getModifiers()) + text(field.getAnnotatedType());
    // Compilers copy such a value into the plugin.
    boolean constant = field.getType().isPrimitive() || field.getType() == String.class;
    if (!constant || !Modifier.isStatic(field.getModifiers())) {
      return text;
    }
    try {
      return text + " = " + field.get(null);
    } catch (IllegalAccessException isProtected) {
      return text;
    }
  }

  private static String signature(String name, Executable executable, String returned) {
    List<String> parameters = new ArrayList<>();
    for (Parameter parameter : executable.getParameters()) {
      parameters.add(text(parameter.getAnnotatedType()));
    }
    String thrown =
        Arrays.stream(executable.getGenericExceptionTypes())
            .map(Type::getTypeName)
            .sorted()
            .collect(Collectors.joining(", "));
    boolean isDefault = executable instanceof Method method && method.isDefault();
    return name
        + "("
        + String.join(", ", parameters)
        + "): "
        + (isDefault ? "default " : "")
        + modifiers(executable.getModifiers() & ~Modifier.TRANSIENT & ~Modifier.VOLATILE)
        + variables(executable.getTypeParameters())
        + returned
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private static String text(AnnotatedType type) {
    return (type.isAnnotationPresent(Nullable.class) ? "nullable " : "")
        + type.getType().getTypeName();
  }

  private static String variables(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Arrays.stream(variables)
        .map(
            variable ->
                variable.getName()
                    + " extends "
                    + Arrays.stream(variable.getBounds())
                        .map(Type::getTypeName)
                        .collect(Collectors.joining(" & ")))
        .collect(Collectors.joining(", ", "<", "> "));
  }

  private static String modifiers(int modifiers) {
    String text = Modifier.toString(modifiers & ~Modifier.PUBLIC & ~Modifier.SYNCHRONIZED);
    return text.isEmpty() ? "" : text + " ";
  }
}
