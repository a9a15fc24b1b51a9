package io.siaran.sequence.authoring;

import io.siaran.sequence.authoring.GraphView.Edge;
import io.siaran.sequence.authoring.GraphView.Node;
import io.siaran.sequence.authoring.GraphView.NodeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Draws a sequence, as text of Mermaid and as SVG; what people wrote is escaped. Pure. */
final class SequenceDrawing {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 48;
    private static final int GAP = 36;
    private static final int MARGIN = 20;

    private final List<Node> nodes;
    private final List<Edge> edges;
    private final Map<UUID, Integer> places = new HashMap<>();

    SequenceDrawing(List<Node> nodes, List<Edge> edges) {
        this.nodes = nodes;
        this.edges = edges;
        nodes.forEach(node -> places.put(node.id(), places.size()));
    }

    String mermaid() {
        StringBuilder text = new StringBuilder("flowchart TD\n");
        for (Node node : nodes) {
            String label = escaped(label(node));
            text.append("  n").append(places.get(node.id()));
            text.append(node.kind() == NodeKind.STEP ? "[\"" + label + "\"]" : "([\"" + label + "\"])");
            text.append('\n');
        }
        for (Edge edge : edges) {
            text.append("  n").append(places.get(edge.from())).append(" --> n");
            text.append(places.get(edge.to())).append('\n');
        }
        return text.toString();
    }

    String svg() {
        int height = 2 * MARGIN + nodes.size() * (HEIGHT + GAP);
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(WIDTH + 6 * MARGIN)
                .append("\" height=\"")
                .append(height)
                .append("\" font-family=\"sans-serif\" font-size=\"13\">");
        edges.forEach(edge -> line(svg, edge));
        nodes.forEach(node -> box(svg, node));
        return svg.append("</svg>").toString();
    }

    private void line(StringBuilder svg, Edge edge) {
        int from = top(edge.from()) + HEIGHT;
        int to = top(edge.to());
        int right = MARGIN + WIDTH;
        String path = places.get(edge.to()) == places.get(edge.from()) + 1
                ? "M" + WIDTH / 2 + " " + from + " V" + to
                : "M" + right + " " + (from - HEIGHT / 2) + " h" + 2 * MARGIN + " V" + (to + HEIGHT / 2) + " H" + right;
        svg.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"#666\"/>");
    }

    private void box(StringBuilder svg, Node node) {
        svg.append("<rect x=\"").append(MARGIN).append("\" y=\"").append(top(node.id()));
        svg.append("\" width=\"").append(WIDTH).append("\" height=\"").append(HEIGHT);
        svg.append("\" rx=\"").append(node.kind() == NodeKind.STEP ? 4 : HEIGHT / 2);
        svg.append("\" fill=\"")
                .append(node.entryPoint() ? "#e3f4e6" : "#f6f6f6")
                .append("\" stroke=\"#333\"/>");
        svg.append("<text x=\"").append(2 * MARGIN).append("\" y=\"").append(top(node.id()) + HEIGHT / 2 + 5);
        svg.append("\">").append(escaped(label(node))).append("</text>");
    }

    private int top(UUID node) {
        return MARGIN + places.get(node) * (HEIGHT + GAP);
    }

    private static String label(Node node) {
        return node.kind() == NodeKind.STEP
                ? "Day " + node.dayNumber() + ": " + node.trigger() + " (" + (node.waiting() + node.underWay()) + ")"
                : "Sequence of " + node.trigger();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
