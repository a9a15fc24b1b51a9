package io.siaran.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The settings of one {@code @ConfigMapping}, read from its source, where the sentences are. */
final class ConfigSource {

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final String module;
    private final Map<String, String> defaults;

    private ConfigSource(DocTrees docs, CompilationUnitTree unit, String module, Map<String, String> defaults) {
        this.docs = docs;
        this.unit = unit;
        this.module = module;
        this.defaults = defaults;
    }

    /** Of that file, which belongs to the module; {@code defaults} are what the module's properties set. */
    static List<Setting> settings(Path file, String module, Map<String, String> defaults) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            ConfigSource source = new ConfigSource(DocTrees.instance(task), unit, module, defaults);
            return unit.getTypeDecls().stream()
                    .map(ClassTree.class::cast)
                    .flatMap(type -> source.prefix(type).stream().flatMap(prefix -> source.members(type, prefix)))
                    .toList();
        }
    }

    private Optional<String> prefix(ClassTree type) {
        return argument(type.getModifiers(), "ConfigMapping");
    }

    private Stream<Setting> members(ClassTree type, String prefix) {
        Map<String, ClassTree> nested = type.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .collect(Collectors.toMap(each -> each.getSimpleName().toString(), each -> each));
        return type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .filter(method -> !isDefault(method))
                .flatMap(method -> {
                    String name = prefix + "." + name(method);
                    ClassTree group = nested.get(method.getReturnType().toString());
                    return group == null ? Stream.of(setting(method, name)) : members(group, name);
                });
    }

    private static boolean isDefault(MethodTree method) {
        return method.getModifiers().getFlags().contains(Modifier.DEFAULT)
                || method.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private static String name(MethodTree method) {
        return argument(method.getModifiers(), "WithName")
                .orElseGet(() -> inKebab(method.getName().toString()));
    }

    private static String inKebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private Setting setting(MethodTree method, String name) {
        String type = method.getReturnType().toString();
        String key = type.startsWith("Map") ? name + ".*" : name;
        return new Setting(module, key, readable(type), otherwise(method, name), meaning(method));
    }

    private String otherwise(MethodTree method, String name) {
        String set = defaults.get(name);
        if (set != null) {
            return set;
        }
        return argument(method.getModifiers(), "WithDefault").orElseGet(() -> mapped(name));
    }

    private String mapped(String name) {
        return defaults.entrySet().stream()
                .filter(each -> each.getKey().startsWith(name + "."))
                .sorted(Comparator.comparing(each -> each.getKey().length()))
                .map(each -> each.getKey().substring(name.length() + 1) + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String readable(String type) {
        return type.replaceAll("^Optional<(.*)>$", "$1, or none")
                .replaceAll("^OptionalInt$", "int, or none")
                .replaceAll("^OptionalLong$", "long, or none")
                .replace("|", "\\|");
    }

    private static Optional<String> argument(ModifiersTree modifiers, String annotation) {
        return modifiers.getAnnotations().stream()
                .filter(each -> each.getAnnotationType().toString().equals(annotation))
                .map(AnnotationTree::getArguments)
                .flatMap(List::stream)
                .map(ConfigSource::value)
                .findFirst();
    }

    private static String value(ExpressionTree argument) {
        ExpressionTree value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return value instanceof com.sun.source.tree.LiteralTree literal
                ? String.valueOf(literal.getValue())
                : value.toString();
    }

    private String meaning(Tree of) {
        DocCommentTree comment = docs.getDocCommentTree(TreePath.getPath(unit, of));
        if (comment == null) {
            return "";
        }
        return comment.getFullBody().stream()
                .map(ConfigSource::text)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static String text(DocTree part) {
        return switch (part) {
            case LiteralTree literal -> "`" + literal.getBody().getBody() + "`";
            case LinkTree link ->
                "`" + inKebab(link.getReference().getSignature().replaceAll("^#|\\(.*", "")) + "`";
            default -> part.toString();
        };
    }
}
