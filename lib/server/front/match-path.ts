/**
 * One pattern of addresses, in the spelling of the folders below `app`: `[name]` is one segment, `[...name]` is
 * one or more. `segment` limits the characters of its dynamic segments.
 */
export type PathPattern<Value> = { pattern: string; value: Value; segment?: RegExp };

/** The pattern that an address matches, its value, and the address's dynamic segments in order. */
export type PathMatch<Value> = { pattern: string; value: Value; segments: readonly string[] };

type Node<Value> = {
  fixed: Map<string, Node<Value>>;
  dynamic?: Node<Value>;
  /** The pattern that ends here, and the one that matches everything below. */
  end?: PathPattern<Value>;
  rest?: PathPattern<Value>;
};

/** Matches what a catch-all segment may be: not empty, and one line. */
const REST = /^.+$/;

/**
 * Returns a function that finds the pattern of a decoded path, or null. Of several patterns, the more specific
 * one is found, as in Next: at the first segment in which they differ, a fixed segment precedes a dynamic one,
 * and a dynamic one precedes a catch-all. A look-up takes one step for each segment of the path.
 */
export function makePathMatcher<Value>(
  patterns: Iterable<PathPattern<Value>>,
): (path: string) => PathMatch<Value> | null {
  const root: Node<Value> = { fixed: new Map() };
  const whole = new Map<string, PathMatch<Value>>();
  for (const one of patterns) {
    const { pattern, value } = one;
    if (pattern.includes("[")) plant(root, one);
    else whole.set(pattern, { pattern, value, segments: [] });
  }
  return (path) => whole.get(path) ?? search(root, path.split("/"), 1, []);
}

function plant<Value>(root: Node<Value>, one: PathPattern<Value>): void {
  let node = root;
  for (const segment of one.pattern.split("/").slice(1)) {
    if (segment.startsWith("[...")) {
      node.rest = one;
      return;
    }
    if (segment.startsWith("[")) node = node.dynamic ??= { fixed: new Map() };
    else {
      const next: Node<Value> = node.fixed.get(segment) ?? { fixed: new Map() };
      node.fixed.set(segment, next);
      node = next;
    }
  }
  node.end = one;
}

function search<Value>(
  node: Node<Value>,
  path: readonly string[],
  index: number,
  segments: readonly string[],
): PathMatch<Value> | null {
  if (index === path.length) return node.end ? accept(node.end, segments) : null;
  const segment = path[index]!;
  const fixed = node.fixed.get(segment);
  return (
    (fixed && search(fixed, path, index + 1, segments)) ??
    (node.dynamic && segment ? search(node.dynamic, path, index + 1, [...segments, segment]) : null) ??
    (node.rest ? acceptRest(node.rest, path.slice(index).join("/"), segments) : null)
  );
}

function accept<Value>(one: PathPattern<Value>, segments: readonly string[]): PathMatch<Value> | null {
  const { pattern, value, segment } = one;
  return segment && !segments.every((given) => segment.test(given)) ? null : { pattern, value, segments };
}

function acceptRest<Value>(
  one: PathPattern<Value>,
  rest: string,
  segments: readonly string[],
): PathMatch<Value> | null {
  return REST.test(rest) ? accept(one, [...segments, rest]) : null;
}
