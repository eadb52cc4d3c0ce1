import { NotaryKey } from './NotaryKey';
import {
  createRootKey,
  DAY_MS,
  describeFile,
  hashOf,
  keysById,
  LIFETIME_DAYS,
  signFile,
} from './trustFiles';

/**
 * The keys of the four roles.
 * @public
 */
export type NotaryRoleKeys = Record<
  'root' | 'targets' | 'snapshot' | 'timestamp',
  NotaryKey
>;

/**
 * A role that `targets` or another delegation hands tags to.
 * @public
 */
export interface TrustDelegation {
  keys: NotaryKey[];
  /**
   * Prefixes of the tags it may sign.
   * @defaultValue `['']`, all of them
   */
  paths?: string[];
  /** @defaultValue 1 */
  threshold?: number;
}

/**
 * What `publish` does otherwise than an honest publisher, by role. Tests of verifiers need what no honest one makes.
 * @public
 */
export interface PublishOverrides {
  /** Changes the signed part before it is signed. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of any shape, that is the point
  alter?: Record<string, (signed: any) => void>;
  /** Signs with these keys in place of those of the role. */
  signers?: Record<string, NotaryKey[]>;
}

type TagEntry = { hashes: { sha256: string }; length: number };
type Role = {
  version: number;
  changed: boolean;
  tags: Map<string, TagEntry>;
  delegations: Map<string, Required<TrustDelegation>>;
};

/**
 * The trust data of one repository: really signed, with throw-away keys. Changes wait for `publish`, as in the
 * `notary` client.
 * @public
 */
export class TrustCollection {
  readonly gun: string;
  #keys: NotaryRoleKeys;
  #rootSigners: NotaryKey[];
  #rootChanged = true;
  readonly #roots: Buffer[] = [];
  readonly #roles = new Map<string, Role>([['targets', emptyRole()]]);
  readonly #current = new Map<string, Buffer>();
  /** By `<role>.<sha256 hex>`: what was published once stays readable. */
  readonly #byHash = new Map<string, Buffer>();
  readonly #versions = { snapshot: 0, timestamp: 0 };

  /** Makes keys as `notary init` does; nothing is published yet. */
  static create(options: {
    gun: string;
    now: Date;
    keys?: Partial<NotaryRoleKeys>;
  }): TrustCollection {
    const { gun, now, keys } = options;
    return new TrustCollection(gun, {
      root: keys?.root ?? createRootKey(gun, now),
      targets: keys?.targets ?? NotaryKey.create(),
      snapshot: keys?.snapshot ?? NotaryKey.create({ type: 'ed25519' }),
      timestamp: keys?.timestamp ?? NotaryKey.create({ type: 'ed25519' }),
    });
  }

  private constructor(gun: string, keys: NotaryRoleKeys) {
    this.gun = gun;
    this.#keys = keys;
    this.#rootSigners = [keys.root];
  }

  /** The keys in force. */
  get keys(): NotaryRoleKeys {
    return { ...this.#keys };
  }

  /** The file under this name: `root`, `3.root`, `targets/releases`, `snapshot.<sha256 hex>`. */
  file(name: string): Buffer | undefined {
    const version = /^([1-9]\d*)\.root$/.exec(name)?.[1];
    return version === undefined
      ? this.#current.get(name) ?? this.#byHash.get(name)
      : this.#roots[Number(version) - 1];
  }

  /** Signs a tag; a tag that is signed already moves. */
  signTag(
    tag: string,
    digest: string,
    options: { role?: string; sizeBytes?: number } = {},
  ): void {
    const role = this.#role(options.role ?? 'targets');
    const sha256 = Buffer.from(digest.slice('sha256:'.length), 'hex');
    role.tags.set(tag, {
      hashes: { sha256: sha256.toString('base64') },
      length: options.sizeBytes ?? 1234,
    });
    role.changed = true;
  }

  /** Takes a tag back. */
  removeTag(tag: string, roleName = 'targets'): void {
    const role = this.#role(roleName);
    role.tags.delete(tag);
    role.changed = true;
  }

  /** Hands tags to another role, whose name is that of its parent and one part more. */
  delegate(name: string, delegation: TrustDelegation): void {
    const { keys, paths = [''], threshold = 1 } = delegation;
    const parent = this.#role(name.slice(0, name.lastIndexOf('/')));
    parent.delegations.set(name, { keys, paths, threshold });
    parent.changed = true;
    if (!this.#roles.has(name)) {
      this.#roles.set(name, emptyRole());
    }
  }

  /** Exchanges keys; a new root key is signed for by the old one too. */
  rotate(keys: Partial<NotaryRoleKeys>): void {
    this.#rootSigners = [keys.root ?? this.#keys.root, this.#keys.root];
    this.#keys = { ...this.#keys, ...keys };
    this.#rootChanged = true;
    this.#role('targets').changed = true;
  }

  /** Signs everything that changed, and always a new snapshot and timestamp. */
  publish(now: Date, overrides: PublishOverrides = {}): void {
    const sign = (name: string, keys: NotaryKey[], content: object) => {
      const kind = name.startsWith('targets') ? 'targets' : name;
      const expires = now.getTime() + LIFETIME_DAYS[kind] * DAY_MS;
      const signed = {
        _type: `${kind[0].toUpperCase()}${kind.slice(1)}`,
        expires: new Date(expires).toISOString(),
        ...content,
      };
      overrides.alter?.[name]?.(signed);
      const file = signFile(signed, overrides.signers?.[name] ?? keys);
      this.#current.set(name, file);
      this.#byHash.set(`${name}.${hashOf(file, 'sha256', 'hex')}`, file);
    };
    this.#publishRoot(sign);
    this.#roles.forEach((role, name) => this.#publishRole(name, role, sign));
    this.#publishLists(sign);
  }

  #publishRoot(sign: Sign): void {
    if (!this.#rootChanged) {
      return;
    }
    sign('root', [...new Set(this.#rootSigners)], {
      consistent_snapshot: false,
      // The old root key stays in the list: its signature is checked by it.
      keys: keysById([...Object.values(this.#keys), ...this.#rootSigners]),
      roles: Object.fromEntries(
        Object.entries(this.#keys).map(([role, { id }]) => [
          role,
          { keyids: [id], threshold: 1 },
        ]),
      ),
      version: this.#roots.length + 1,
    });
    this.#roots.push(this.#current.get('root')!);
    this.#rootChanged = false;
  }

  #publishRole(name: string, role: Role, sign: Sign): void {
    if (!role.changed) {
      return;
    }
    const delegations = [...role.delegations];
    role.version += 1;
    role.changed = false;
    sign(name, this.#keysOf(name), {
      delegations: {
        keys: keysById(delegations.flatMap(([, { keys }]) => keys)),
        roles: delegations.map(([child, { keys, paths, threshold }]) => ({
          name: child,
          keyids: keys.map(({ id }) => id),
          paths,
          threshold,
        })),
      },
      targets: Object.fromEntries(role.tags),
      version: role.version,
    });
  }

  #publishLists(sign: Sign): void {
    const listed = [...this.#current].filter(
      ([name]) => name === 'root' || name.startsWith('targets'),
    );
    this.#versions.snapshot += 1;
    sign('snapshot', [this.#keys.snapshot], {
      meta: Object.fromEntries(
        listed.map(([n, file]) => [n, describeFile(file)]),
      ),
      version: this.#versions.snapshot,
    });
    this.#versions.timestamp += 1;
    sign('timestamp', [this.#keys.timestamp], {
      meta: { snapshot: describeFile(this.#current.get('snapshot')!) },
      version: this.#versions.timestamp,
    });
  }

  #keysOf(name: string): NotaryKey[] {
    if (name === 'targets') {
      return [this.#keys.targets];
    }
    const parent = this.#role(name.slice(0, name.lastIndexOf('/')));
    return parent.delegations.get(name)?.keys ?? [];
  }

  #role(name: string): Role {
    const role = this.#roles.get(name);
    if (!role) {
      throw new Error(`expected a role of "${this.gun}", got "${name}"`);
    }
    return role;
  }
}

type Sign = (name: string, keys: NotaryKey[], content: object) => void;

function emptyRole(): Role {
  return { version: 0, changed: true, tags: new Map(), delegations: new Map() };
}
