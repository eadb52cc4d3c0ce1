import { createHash } from 'node:crypto';
import {
  MetaFile,
  Metadata,
  Root,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models';
import {
  FaultTable,
  LoopbackServer,
  RecordedRequest,
  sendReply,
} from '../http';
import { createRoleKey, RoleKey, signedText } from './roleKey';

const SPEC_VERSION = '1.0.31';
const TARGET = 'trusted_root.json';
const DAY_MS = 24 * 60 * 60 * 1000;
const ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const;

/**
 * What a TUF repository publishes next.
 * @public
 */
export interface TufRelease {
  /** Content of `trusted_root.json`; `undefined` leaves it out of the targets. */
  target: string | undefined;
  /**
   * When the timestamp ends.
   * @defaultValue in seven days
   */
  timestampExpires?: Date;
  /**
   * Whether root and online keys are replaced.
   * @defaultValue false
   */
  rotateKeys?: boolean;
}

/**
 * A TUF repository of a Sigstore, signed with throw-away keys and served over loopback HTTP. Like the public one it
 * has consistent snapshots; versions once published stay readable, `timestamp.json` says which is the latest.
 * @public
 */
export class TufMirror {
  readonly #server: LoopbackServer;
  readonly #files: Map<string, Buffer>;
  readonly faults: FaultTable;
  /** The root metadata that trust begins with. */
  readonly initialRoot: string;
  #rootKey = createRoleKey();
  #onlineKey = createRoleKey();
  #rootVersion = 0;
  #version = 0;

  static async start(release: TufRelease): Promise<TufMirror> {
    const files = new Map<string, Buffer>();
    const faults = new FaultTable();
    const server = await LoopbackServer.start({
      handler: (request, response) => {
        const body = files.get((request.url ?? '/').slice(1));
        sendReply({
          request,
          response,
          reply: {
            status: body ? 200 : 404,
            headers: { 'Content-Type': 'application/octet-stream' },
            body: body ?? Buffer.alloc(0),
          },
          fault: faults.take(request),
        });
      },
    });
    return new TufMirror({ server, files, faults, release });
  }

  private constructor(options: {
    server: LoopbackServer;
    files: Map<string, Buffer>;
    faults: FaultTable;
    release: TufRelease;
  }) {
    this.#server = options.server;
    this.#files = options.files;
    this.faults = options.faults;
    this.#publishRoot([this.#rootKey]);
    this.initialRoot = this.#files.get('1.root.json')!.toString();
    this.publish(options.release);
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return this.#server.url;
  }

  /** `127.0.0.1:<port>` */
  get host(): string {
    return this.#server.host;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#server.requests;
  }

  /** Publishes new versions of all online roles, and of the root when keys are replaced. */
  publish(release: TufRelease): void {
    if (release.rotateKeys) {
      const before = this.#rootKey;
      this.#rootKey = createRoleKey();
      this.#onlineKey = createRoleKey();
      // Specification 5.3.4: a new root is signed by the keys of the one before and by its own.
      this.#publishRoot([before, this.#rootKey]);
    }
    this.#version += 1;
    const version = this.#version;
    const keys = [this.#onlineKey];
    this.#write(`${version}.targets.json`, this.#targets(release.target, keys));
    const meta = { 'targets.json': new MetaFile({ version }) };
    const snapshot = new Snapshot({ ...this.#common(version, 21), meta });
    this.#write(
      `${version}.snapshot.json`,
      signedText(new Metadata(snapshot), keys),
    );
    const timestamp = new Timestamp({
      ...this.#common(version, 7),
      ...(release.timestampExpires && {
        expires: withoutMilliseconds(release.timestampExpires),
      }),
      snapshotMeta: new MetaFile({ version }),
    });
    this.#write('timestamp.json', signedText(new Metadata(timestamp), keys));
  }

  /** What is published now; hand it back to let the mirror fall back behind what it published since. */
  takeCopy(): () => void {
    const copy = new Map(this.#files);
    return () => {
      this.#files.clear();
      copy.forEach((body, name) => this.#files.set(name, body));
    };
  }

  /** Serves these bytes under a path, whatever was published. */
  write(path: string, body: string): void {
    this.#write(path, body);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }

  #common(version: number, days: number) {
    const expires = withoutMilliseconds(new Date(Date.now() + days * DAY_MS));
    return { version, specVersion: SPEC_VERSION, expires };
  }

  #publishRoot(keys: RoleKey[]): void {
    this.#rootVersion += 1;
    const online = this.#onlineKey.key;
    const own = this.#rootKey.key;
    const root = new Root({
      ...this.#common(this.#rootVersion, 180),
      consistentSnapshot: true,
    });
    for (const role of ROLES) {
      root.addKey(role === 'root' ? own : online, role);
    }
    this.#write(
      `${this.#rootVersion}.root.json`,
      signedText(new Metadata(root), keys),
    );
  }

  #targets(content: string | undefined, keys: RoleKey[]): string {
    const targets = new Targets({ ...this.#common(this.#version, 90) });
    if (content !== undefined) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      const length = Buffer.byteLength(content);
      targets.addTarget(
        new TargetFile({ path: TARGET, length, hashes: { sha256 } }),
      );
      this.#write(`targets/${sha256}.${TARGET}`, content);
    }
    return signedText(new Metadata(targets), keys);
  }

  #write(path: string, body: string): void {
    this.#files.set(path, Buffer.from(body));
  }
}

/** The specification knows whole seconds only. */
function withoutMilliseconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
