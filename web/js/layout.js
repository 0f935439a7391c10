// Lays out a graph in layers. `web/src/components/boot/graph.rs` is its only user; numbers go in and out, so that
// nothing has to be translated.
import dagre from "@dagrejs/dagre";

const GAPS = { rankdir: "LR", nodesep: 14, ranksep: 44, edgesep: 10, marginx: 14, marginy: 14 };

/**
 * `sizes` holds width and height of each node, `edges` the earlier and the later node of each edge. Gives width and
 * height of the whole, the middle of each node, and of each edge the number of its points, and those.
 */
export function layout(sizes, edges) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ ...GAPS });
  for (let node = 0; node < sizes.length / 2; node++) {
    graph.setNode(String(node), { width: sizes[2 * node], height: sizes[2 * node + 1] });
  }
  for (let edge = 0; edge < edges.length / 2; edge++) {
    graph.setEdge(String(edges[2 * edge]), String(edges[2 * edge + 1]), {}, String(edge));
  }
  if (sizes.length > 0) {
    dagre.layout(graph);
  }
  const { width = 0, height = 0 } = graph.graph();
  const numbers = [width, height];
  for (let node = 0; node < sizes.length / 2; node++) {
    const { x, y } = graph.node(String(node));
    numbers.push(x, y);
  }
  for (let edge = 0; edge < edges.length / 2; edge++) {
    const { points } = graph.edge(String(edges[2 * edge]), String(edges[2 * edge + 1]), String(edge));
    numbers.push(points.length, ...points.flatMap(({ x, y }) => [x, y]));
  }
  return Float64Array.from(numbers);
}
