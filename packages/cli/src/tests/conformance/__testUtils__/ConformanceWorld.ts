import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FREE_SANDBOX_PORTS, Sandbox, startSandbox } from 'sandbox';
import { parseAllDocuments, stringify } from 'yaml';
import {
  CaseScan,
  CaseWaiver,
  ConformanceCase,
  ConformanceGroup,
} from './conformanceCase';
import { VexImage, VexImages } from './VexImages';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const OTHER_DIGEST = `sha256:${'f'.repeat(64)}`;

/** A case with everything a place needs to answer it. */
export type PreparedCase = {
  name: string;
  definition: ConformanceCase;
  imageRef: string;
  /** Digest of what runs. */
  digest: string;
  /** Digest of its platform manifest. */
  platformDigest: string;
  repository: string;
  /** Policy, trust roots and waivers; its files lie beside it. */
  policyFile: string;
  /** Set when the case has a scan. */
  scanDigest?: string;
  /** OpenVEX documents that are handed in. */
  handedInVex: string[];
};

/** The images of the sandbox, and the table over them. */
export class ConformanceWorld {
  readonly sandbox: Sandbox;
  /** The instant at which every place judges; tests move it. */
  now: Date;
  readonly #trustRoots: string;
  readonly #vexImages: VexImages;
  readonly #files = new Map<string, string>();

  static async start(): Promise<ConformanceWorld> {
    return new ConformanceWorld(
      await startSandbox({ ports: FREE_SANDBOX_PORTS }),
    );
  }

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.#vexImages = new VexImages(sandbox);
    // After everything that was signed, and without milliseconds: places write instants in different precision.
    this.now = new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000);
    this.#trustRoots = parseAllDocuments(
      readFileSync(sandbox.policyFile, 'utf8'),
    )
      .map(document => document.toJS())
      .filter(({ kind }) => kind === 'TrustRoot')
      .map(document => stringify(document, { aliasDuplicateObjects: false }))
      .join('---\n');
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
  }

  /** Hosts that speak plain HTTP. */
  insecureHosts(): string[] {
    const { registry, vendor, notary } = this.sandbox;
    return [registry.host, vendor.host, notary.host];
  }

  prepare(group: ConformanceGroup, definition: ConformanceCase): PreparedCase {
    const { named = 'digest' } = definition;
    const { path, tag, built, handedIn } = this.#imageOf(definition);
    const host = path.startsWith('vendor/')
      ? this.sandbox.vendor.host
      : this.sandbox.registry.host;
    const digest =
      named === 'platformDigest'
        ? built.platforms.amd64.digest
        : built.top.digest;
    const repository = `${host}/${path}`;
    const imageRef = `${repository}:${tag}${
      named === 'tag' ? '' : `@${digest}`
    }`;
    const { rule } = group;
    const name = 'use' in rule ? rule.use : rule.id;
    return {
      name: `${name}, ${group.under}: ${definition.when}`,
      definition,
      imageRef,
      digest,
      platformDigest: built.platforms.amd64.digest,
      repository,
      handedInVex: handedIn,
      policyFile: this.#write(
        this.#policy(group, definition, { repository, digest }),
      ),
      ...(definition.scan && {
        scanDigest:
          definition.scan.of === 'otherDigest'
            ? OTHER_DIGEST
            : built.platforms.amd64.digest,
      }),
    };
  }

  scannedAt({ ageHours }: CaseScan): string {
    return new Date(this.now.getTime() - ageHours * HOUR_MS).toISOString();
  }

  publishedAt(daysAgo: number): string {
    return new Date(this.now.getTime() - daysAgo * DAY_MS).toISOString();
  }

  #imageOf({ image, vex }: ConformanceCase): VexImage & { tag: string } {
    const [path, tag] = image.split(':');
    return vex
      ? { tag, ...this.#vexImages.build({ path, tag, vex, now: this.now }) }
      : { tag, path, built: this.#built(path, tag), handedIn: [] };
  }

  #built(repository: string, tag: string) {
    const found = this.sandbox.world
      .workloads()
      .flatMap(({ containers }) => containers)
      .find(
        ({ definition }) =>
          definition.image.repository === repository &&
          definition.image.tag === tag,
      );
    if (!found) {
      throw new Error(`the sandbox has no image "${repository}:${tag}"`);
    }
    return found.image;
  }

  #policy(
    { rule, spec }: ConformanceGroup,
    { waiver }: ConformanceCase,
    subject: { repository: string; digest: string },
  ): string {
    const { registry, vendor } = this.sandbox;
    const policy = {
      apiVersion: 'supply-chain/v1',
      kind: 'SupplyChainPolicy',
      metadata: { name: 'conformance' },
      spec: { mode: 'warn', ...spec, rules: [rule] },
    };
    const documents = [
      policy,
      ...(waiver ? [this.#waiver(waiver, subject)] : []),
    ].map(document => stringify(document));
    return [this.#trustRoots, ...documents]
      .join('---\n')
      .replaceAll('OWN/', `${registry.host}/`)
      .replaceAll('VENDOR/', `${vendor.host}/`);
  }

  #waiver(
    waiver: CaseWaiver,
    subject: { repository: string; digest: string },
  ): object {
    const { rule, reasons, includeUnknown, vulnerability } = waiver;
    const scopes = {
      repository: { repository: subject.repository },
      otherRepository: { repository: `${subject.repository}-other` },
      subject: { subject: `${subject.repository}@${subject.digest}` },
    };
    return {
      apiVersion: 'supply-chain/v1',
      kind: 'Waiver',
      metadata: { name: 'conformance' },
      spec: {
        rule,
        reasons,
        ...(includeUnknown && { includeUnknown }),
        scope: {
          ...scopes[waiver.scope],
          ...(vulnerability && { vulnerability }),
        },
        reason: 'until the rebuild',
        requestedBy: 'user:default/developer',
        approvedBy: 'user:default/platform',
        expires: this.#endOf(waiver).toISOString(),
      },
    };
  }

  #endOf({ endsInHours }: CaseWaiver): Date {
    return typeof endsInHours === 'number'
      ? new Date(this.now.getTime() + endsInHours * HOUR_MS)
      : endsInHours;
  }

  /** Cases under the same policy share its file. */
  #write(policy: string): string {
    const known = this.#files.get(policy);
    if (known) {
      return known;
    }
    const name = `conformance-${this.#files.size + 1}.yaml`;
    const file = join(this.sandbox.directory, name);
    writeFileSync(file, policy);
    this.#files.set(policy, file);
    return file;
  }
}
