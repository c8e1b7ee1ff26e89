package dev.wireline.build;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The names of parameters as the sources have them: compiled classes do not keep them. */
final class Parameters {
  private final Map<String, List<String>> names = new HashMap<>();
  private final Set<String> types = new TreeSet<>();

  /** Those of all sources below some folders. */
  static Parameters of(List<Path> folders) throws IOException {
    Parameters parameters = new Parameters();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      for (Path folder : folders) {
        JavacTask task = (JavacTask) compiler.getTask(
            null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources(folder)));
        for (CompilationUnitTree unit : task.parse()) {
          unit.accept(parameters.new Reader(), null);
        }
      }
    }
    return parameters;
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .toList();
    }
  }

  /** The names of all types, as {@link Class#getName} has them. */
  List<String> types() {
    return List.copyOf(types);
  }

  /** The names of the parameters, or null for what no source spells out. */
  @Nullable
  List<String> of(Executable called) {
    return names.get(key(
        called.getDeclaringClass().getName(),
        called instanceof Constructor ? "<init>" : called.getName(),
        Stream.of(called.getGenericParameterTypes()).map(Parameters::simpleName).toList()));
  }

  /** As the sources spell it: a type that is a variable by its name. */
  private static String simpleName(Type type) {
    if (type instanceof Class<?> known) {
      return known.getSimpleName();
    }
    String raw = withoutArguments(type.getTypeName());
    return raw.substring(Math.max(raw.lastIndexOf('.'), raw.lastIndexOf('$')) + 1);
  }

  private static String withoutArguments(String type) {
    int start = type.indexOf('<');
    return start < 0 ? type : type.substring(0, start) + type.substring(type.lastIndexOf('>') + 1);
  }

  private static String key(String type, String method, List<String> parameters) {
    return type + "." + method + parameters;
  }

  private final class Reader extends TreeScanner<@Nullable Object, @Nullable Object> {
    private String packageName = "";
    private final Deque<String> nesting = new ArrayDeque<>();

    @Override
    public @Nullable Object visitCompilationUnit(CompilationUnitTree unit, @Nullable Object none) {
      packageName = String.valueOf(unit.getPackageName());
      return super.visitCompilationUnit(unit, none);
    }

    @Override
    public @Nullable Object visitClass(ClassTree type, @Nullable Object none) {
      if (type.getSimpleName().isEmpty()) {
        return null;
      }
      nesting.addLast(type.getSimpleName().toString());
      types.add(name());
      List<String> parts = type.getMembers().stream()
          .filter(VariableTree.class::isInstance)
          .map(VariableTree.class::cast)
          .filter(part -> !part.getModifiers().getFlags().contains(Modifier.STATIC))
          .map(Parameters::typeAndName)
          .toList();
      if (type.getKind().name().equals("RECORD")) {
        put("<init>", parts);
      }
      super.visitClass(type, none);
      nesting.removeLast();
      return null;
    }

    @Override
    public @Nullable Object visitMethod(MethodTree method, @Nullable Object none) {
      List<String> parts =
          method.getParameters().stream().map(Parameters::typeAndName).toList();
      // A compact constructor repeats nothing.
      if (!parts.isEmpty() || !method.getName().contentEquals("<init>")) {
        put(method.getName().toString(), parts);
      }
      return null;
    }

    private String name() {
      return packageName + "." + String.join("$", nesting);
    }

    private void put(String method, List<String> parts) {
      List<String> types =
          parts.stream().map(part -> part.substring(0, part.indexOf(' '))).toList();
      names.put(
          key(name(), method, types),
          parts.stream().map(part -> part.substring(part.indexOf(' ') + 1)).toList());
    }
  }

  private static String typeAndName(VariableTree part) {
    String type = withoutArguments(withoutAnnotations(String.valueOf(part.getType())));
    return type.substring(type.lastIndexOf('.') + 1) + " " + part.getName();
  }

  /** Annotations of types stand before them, and before the brackets of an array or its dots. */
  private static String withoutAnnotations(String type) {
    return type.replaceAll("@\\w+(\\(\\))? ?", "").replace(" ", "").replace("...", "[]");
  }
}
