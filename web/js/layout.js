// Lays out a graph in layers. `web/src/components/boot/graph.rs` is its only user; numbers go in and out, so that
// nothing has to be translated.
import dagre from "@dagrejs/dagre";

const GAPS = { nodesep: 14, ranksep: 44, edgesep: 10, marginx: 14, marginy: 14 };

/** A drawing that is not wider than this needs little scrolling. */
const ROOM = 760;

/**
 * `sizes` holds width and height of each node, `edges` the earlier and the later node of each edge. Gives 1 if time runs
 * down and 0 if it runs to the right, whichever suits the graph; width and height of the whole; the middle of each node;
 * and of each edge the number of its points, and those.
 */
export function layout(sizes, edges) {
  if (sizes.length === 0) {
    return Float64Array.from([0, 0, 0]);
  }
  const down = lay(sizes, edges, "TB");
  const isDown = down.graph().width <= ROOM;
  const graph = isDown ? down : lay(sizes, edges, "LR");
  const { width, height } = graph.graph();
  const numbers = [Number(isDown), width, height];
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

function lay(sizes, edges, rankdir) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ ...GAPS, rankdir });
  for (let node = 0; node < sizes.length / 2; node++) {
    graph.setNode(String(node), { width: sizes[2 * node], height: sizes[2 * node + 1] });
  }
  for (let edge = 0; edge < edges.length / 2; edge++) {
    graph.setEdge(String(edges[2 * edge]), String(edges[2 * edge + 1]), {}, String(edge));
  }
  dagre.layout(graph);
  return graph;
}
