import { IncomingMessage } from 'node:http';
import { FaultRule, LoopbackServer, RecordedRequest } from '../http';
import { ApiCore } from './ApiCore';
import { ObjectReference } from './ObjectStore';
import { parseApiRequest } from './parseApiRequest';
import { KubernetesObject } from './resources';

/**
 * @public
 */
export interface KubernetesApiServerOptions {
  /** @defaultValue 0, any free port */
  port?: number;
  /** Bearer token; without one everybody may read. */
  token?: string;
  /** Plurals that answer 403, for example `secrets`. */
  forbidden?: string[];
  /** Plurals whose CustomResourceDefinition is not installed: 404. */
  missing?: string[];
  objects?: KubernetesObject[];
  /**
   * Time between bookmarks on open watches.
   * @defaultValue 60000
   */
  bookmarkIntervalMs?: number;
  now?: () => Date;
}

/**
 * What was asked, in the words of a ClusterRole.
 * @public
 */
export interface RecordedApiRequest extends RecordedRequest {
  verb?: string;
  group?: string;
  resource?: string;
  namespace?: string;
  name?: string;
  metadataOnly?: boolean;
}

/**
 * A Kubernetes API server for reading: paged lists, metadata-only lists,
 * watches with bookmarks and expiry, GET by name; and everything that goes
 * wrong with them.
 * @public
 */
export class KubernetesApiServer {
  readonly #server: LoopbackServer;
  readonly #core: ApiCore;

  static async start(
    options: KubernetesApiServerOptions = {},
  ): Promise<KubernetesApiServer> {
    const core = new ApiCore(options);
    options.objects?.forEach(object => core.store.apply(object));
    const server = await LoopbackServer.start({
      port: options.port,
      handler: (request, response) => core.handle(request, response),
    });
    return new KubernetesApiServer(server, core);
  }

  private constructor(server: LoopbackServer, core: ApiCore) {
    this.#server = server;
    this.#core = core;
  }

  get url(): string {
    return this.#server.url;
  }

  get port(): number {
    return this.#server.port;
  }

  /** Every request since the start or the last `clearRequests()`. */
  get requests(): readonly RecordedApiRequest[] {
    return this.#server.requests.map(record => {
      const parsed = parseApiRequest({
        url: record.path,
        method: record.method,
        headers: record.headers,
      } as IncomingMessage);
      return { ...record, ...parsed };
    });
  }

  clearRequests(): void {
    this.#server.requests.length = 0;
  }

  get resourceVersion(): string {
    return String(this.#core.store.revision);
  }

  get openWatches(): number {
    return this.#core.watches.size;
  }

  /** Creates or replaces an object; the result carries its new resourceVersion. */
  apply(object: KubernetesObject): KubernetesObject {
    return this.#core.store.apply(object);
  }

  /** False when there was no such object. */
  delete(reference: ObjectReference): boolean {
    return this.#core.store.delete(reference);
  }

  get(reference: ObjectReference): KubernetesObject | undefined {
    return this.#core.store.get(reference);
  }

  /** All objects of a resource type, by its plural. */
  list(plural: string): KubernetesObject[] {
    return this.#core.store.list(plural);
  }

  setForbidden(plural: string, forbidden: boolean): void {
    setMembership(this.#core.forbidden, plural, forbidden);
  }

  setMissing(plural: string, missing: boolean): void {
    setMembership(this.#core.missing, plural, missing);
  }

  /** Faults over HTTP: status, hang, slow, truncated or wrong bodies. */
  addFault(rule: FaultRule): () => void {
    return this.#core.faults.add(rule);
  }

  clearFaults(): void {
    this.#core.faults.clear();
    this.#core.lag = 0;
    this.#core.cacheLag = 0;
    this.#core.maxPage = Infinity;
    this.#core.compactAfterPage = false;
  }

  /** Closes open watches without a word. */
  dropWatches(plural?: string): void {
    this.#core.watchesOf(plural).forEach(watch => watch.drop());
  }

  /**
   * Forgets history: continue tokens and resource versions from before answer
   * 410. Open watches stay, as on a real server, unless they are expired too.
   */
  compact(options: { expireWatches?: boolean } = {}): void {
    this.#core.store.compact();
    if (options.expireWatches) {
      this.#core.watchesOf().forEach(watch => watch.sendExpired());
    }
  }

  /** Forgets history after the next page of a list, so that its continue token is too old. */
  compactAfterPage(): void {
    this.#core.compactAfterPage = true;
  }

  /** Ends open watches as `timeoutSeconds` does: a bookmark, then the end. */
  endWatches(plural?: string): void {
    this.#core.watchesOf(plural).forEach(watch => watch.end());
  }

  /** Open watches stay open and send nothing any more. */
  stallWatches(plural?: string): void {
    this.#core.watchesOf(plural).forEach(watch => watch.stall());
  }

  /** Ends open watches with an ERROR event, for example 500 or 504. */
  failWatches(code: number, message: string): void {
    this.#core.watchesOf().forEach(watch => watch.fail(code, message));
  }

  /** Cuts the next event of each open watch in half and closes the watch. */
  breakNextEvents(plural?: string): void {
    this.#core.watchesOf(plural).forEach(watch => watch.breakNext());
  }

  /** Sends the next two events of each open watch in the wrong order. */
  swapNextEvents(plural?: string): void {
    this.#core.watchesOf(plural).forEach(watch => watch.swapNext());
  }

  /** `behind`: revisions by which the bookmark is late. */
  sendBookmarks(plural?: string, options: { behind?: number } = {}): void {
    this.#core
      .watchesOf(plural)
      .forEach(watch => watch.sendBookmark(options.behind));
  }

  /** Sends the last events of every open watch once more. */
  repeatEvents(count: number, plural?: string): void {
    this.#core.watchesOf(plural).forEach(watch => watch.repeat(count));
  }

  /** The same, the newest first: versions go backwards. */
  repeatReversed(count: number, plural?: string): void {
    this.#core.watchesOf(plural).forEach(watch => watch.repeatReversed(count));
  }

  /** Writes a line that is no event to every open watch. */
  sendMalformedLine(line = '{"type":"MODIFIED","object":\n', plural?: string) {
    this.#core.watchesOf(plural).forEach(watch => watch.writeRaw(line));
  }

  /**
   * Lists answer from this many revisions ago, as a lagging replica does; with `cacheOnly` just those from the watch
   * cache (`resourceVersion=0`), which the API allows to be old.
   */
  lagBy(revisions: number, options: { cacheOnly?: boolean } = {}): void {
    this.#core[options.cacheOnly ? 'cacheLag' : 'lag'] = revisions;
  }

  /** Pages hold at most this many objects, however many are asked for. */
  limitPages(objects: number): void {
    this.#core.maxPage = objects;
  }

  /** Refuses connections until `resume()`: the cluster is down. */
  async suspend(): Promise<void> {
    await this.#server.suspend();
  }

  async resume(): Promise<void> {
    await this.#server.resume();
  }

  async stop(): Promise<void> {
    clearInterval(this.#core.bookmarkTimer);
    await this.#server.stop();
  }
}

function setMembership(set: Set<string>, plural: string, member: boolean) {
  if (member) {
    set.add(plural);
  } else {
    set.delete(plural);
  }
}
