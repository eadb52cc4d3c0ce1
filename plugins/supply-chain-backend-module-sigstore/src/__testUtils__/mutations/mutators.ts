import { Random } from './Random';

/** Changes a document; the sibling is another good one of the same kind. */
export type Mutator = (
  bytes: Buffer,
  random: Random,
  sibling: Buffer,
) => Buffer;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- walks and breaks any JSON
export type Json = any;

/** Every path of a document, to branches as well as to leaves. */
export function pathsOf(node: Json, path: string[] = []): string[][] {
  if (typeof node !== 'object' || node === null) {
    return [path];
  }
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.keys(node).flatMap(key => pathsOf(node[key], [...path, key])),
  ];
}

/** What stands at a path. */
export function valueAt(node: Json, path: string[]): Json {
  return path.reduce((parent, key) => parent?.[key], node);
}

function setAt(node: Json, path: string[], value: Json): void {
  const parent = valueAt(node, path.slice(0, -1));
  const key = path[path.length - 1];
  if (value === undefined) {
    delete parent[key];
  } else {
    parent[key] = value;
  }
}

function parse(bytes: Buffer): Json {
  return JSON.parse(bytes.toString('utf8'));
}

function write(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const VALUES: Json[] = [
  undefined,
  null,
  '',
  'AAAA',
  0,
  -1,
  1,
  1e21,
  '18446744073709551616',
  true,
  [],
  {},
  [{}],
  '__proto__',
];

function changedText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return random.pick([
    `${text.slice(0, at)} ${text.slice(at)}`,
    `${text}\n`,
    `${text.slice(0, at)}A${text.slice(at + 1)}`,
    text.replace(/\+/g, '-').replace(/\//g, '_'),
    text.replace(/=+$/, ''),
    text.toUpperCase(),
    `${text}=`,
  ]);
}

/** JSON in which every member of one object stands twice, the second time with the value given. */
function withDuplicate(root: Json, path: string[], value: Json): string {
  const [key, ...rest] = path;
  const members = Object.keys(root).flatMap(each => {
    const inner =
      each === key && rest.length > 0
        ? withDuplicate(root[each], rest, value)
        : JSON.stringify(root[each]);
    const own = [[each, inner]];
    return each === key && rest.length === 0
      ? [...own, [each, JSON.stringify(value) ?? 'null']]
      : own;
  });
  return Array.isArray(root)
    ? `[${members.map(([, inner]) => inner).join(',')}]`
    : `{${members
        .map(([name, inner]) => `${JSON.stringify(name)}:${inner}`)
        .join(',')}}`;
}

/** The ways a document is changed, by name. */
export const MUTATORS: Record<string, Mutator> = {
  bits(bytes, random) {
    const mutant = Buffer.from(bytes);
    for (let count = 1 + random.below(3); count > 0; count -= 1) {
      mutant[random.below(mutant.length)] ^= 1 << random.below(8);
    }
    return mutant;
  },
  value(bytes, random) {
    const document = parse(bytes);
    const path = random.pick(pathsOf(document));
    const old = valueAt(document, path);
    const isText = typeof old === 'string' && random.below(2) === 0;
    setAt(
      document,
      path,
      isText ? changedText(old, random) : random.pick(VALUES),
    );
    return write(document);
  },
  swap(bytes, random, sibling) {
    const document = parse(bytes);
    const other = parse(sibling);
    for (let count = 1 + random.below(2); count > 0; count -= 1) {
      const path = random.pick(pathsOf(document));
      setAt(document, path, valueAt(other, path));
    }
    return write(document);
  },
  move(bytes, random) {
    const document = parse(bytes);
    const paths = pathsOf(document);
    const value = valueAt(document, random.pick(paths));
    setAt(document, random.pick(paths), JSON.parse(JSON.stringify(value)));
    return write(document);
  },
  order(bytes, random) {
    const document = parse(bytes);
    const branches = [[], ...pathsOf(document)].filter(
      path => typeof valueAt(document, path) === 'object',
    );
    const branch = random.pick(branches);
    const old = valueAt(document, branch);
    const reversed = Array.isArray(old)
      ? [...old].reverse()
      : old && Object.fromEntries(Object.entries(old).reverse());
    if (branch.length === 0) {
      return write(reversed);
    }
    setAt(document, branch, reversed);
    return write(document);
  },
  duplicate(bytes, random, sibling) {
    const document = parse(bytes);
    const path = random.pick(pathsOf(document));
    const value = random.pick([
      valueAt(document, path),
      valueAt(parse(sibling), path),
      null,
    ]);
    return Buffer.from(withDuplicate(document, path, value));
  },
  truncate(bytes, random) {
    const from = random.below(bytes.length);
    const to = random.pick([bytes.length, from + 1 + random.below(40)]);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  grow(bytes, random) {
    const padding = Buffer.alloc(1 + random.below(2000), ' ');
    const document = parse(bytes);
    const lists = pathsOf(document).filter(path =>
      Array.isArray(valueAt(document, path)),
    );
    switch (random.below(lists.length > 0 ? 4 : 3)) {
      case 0:
        return Buffer.concat([bytes, padding]);
      case 1:
        return Buffer.concat([bytes, bytes]);
      case 2:
        return write({ ...document, [`x${random.below(9)}`]: 'y'.repeat(999) });
      default: {
        const path = random.pick(lists);
        const list = valueAt(document, path);
        setAt(document, path, [...list, ...list]);
        return write(document);
      }
    }
  },
  oversize(bytes, random) {
    // Rare, for these are large: beyond every limit there is.
    const size = random.below(100) === 0 ? 17 * 1024 * 1024 : 70 * 1024;
    return Buffer.concat([bytes, Buffer.alloc(size, ' ')]);
  },
};
