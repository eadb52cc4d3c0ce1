import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import {
  postToWebhook,
  reviewBody,
} from '../../../admission/__testUtils__/askWebhook';
import { emptyPage, TestFeed } from '../../../admission/__testUtils__/TestFeed';
import { AdmissionWebhook } from '../../../admission/AdmissionWebhook';
import { readAdmissionConfig } from '../../../admission/config';
import { openState } from '../../../state';
import { ConformanceCase } from './conformanceCase';
import { catalogueOf } from './catalogueOf';
import { ConformanceWorld, PreparedCase } from './ConformanceWorld';
import { entityOf } from './entityOf';
import { Answer, Place, writtenAnswer } from './places';
import { scansOf } from './scansOf';

const POLICY_FILE = 'conformance.yaml';
const SERVICE_ID = { 'backstage.io/kubernetes-id': 'web' };
/** Takes the place of the scan of the case before, where a case has none. */
const NOBODYS_DIGEST = `sha256:${'e'.repeat(64)}`;

/** The webhook over HTTPS, as an API server asks it; scans and services come by the signed feed of a portal. */
export class WebhookPlace implements Place {
  readonly #world: ConformanceWorld;
  readonly #portal = new TestFeed();
  #webhook: AdmissionWebhook | undefined;
  #sequence = 0;

  constructor(world: ConformanceWorld) {
    this.#world = world;
  }

  async judge(cases: PreparedCase[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const each of cases) {
      answers.push(await this.#judge(each));
    }
    return answers;
  }

  /** The audit log names what speaks against an image: of what is waived or does not apply the outcome alone. */
  expected(definition: ConformanceCase): Answer {
    const { expected, atAdmission = expected } = definition;
    const { outcome, reason } = writtenAnswer({ expected: atAdmission });
    return ['waived', 'notApplicable'].includes(outcome)
      ? { outcome }
      : { outcome, reason };
  }

  async stop(): Promise<void> {
    await this.#webhook?.stop();
    await this.#portal.stop();
  }

  async #judge(prepared: PreparedCase): Promise<Answer> {
    const { directory } = this.#world.sandbox;
    copyFileSync(prepared.policyFile, join(directory, POLICY_FILE));
    this.#portal.answer = since => this.#pageOf(prepared, since);
    const webhook = this.#webhook ?? (await this.#start());
    this.#webhook = webhook;
    await webhook.reload();
    await webhook.readFeed();
    const { response } = await postToWebhook(
      {
        port: webhook.ports.webhook,
        certificate: readFileSync(join(directory, 'admission.crt'), 'utf8'),
      },
      {
        path: '/validate?timeout=30s',
        body: reviewBody(podWith(prepared.imageRef)),
      },
    );
    return answerOf(response.auditAnnotations ?? {});
  }

  #pageOf(prepared: PreparedCase, since: string) {
    this.#sequence += 1;
    const [scan] = scansOf(prepared, this.#world);
    const none = scansOf(
      {
        ...prepared,
        definition: {
          ...prepared.definition,
          scan: { ageHours: 1, found: [] },
        },
        scanDigest: NOBODYS_DIGEST,
      },
      this.#world,
    )[0];
    return this.#portal.sign(
      emptyPage({
        sequence: this.#sequence,
        issuedAt: this.#world.now.toISOString(),
        since,
        cursor: `c${this.#sequence}`,
        scans: [
          {
            key: 'trivy/prod-eu/web',
            hash: String(this.#sequence),
            scan: scan ?? none,
          },
        ],
        knownExploited: catalogueOf(prepared, this.#world) ?? null,
        entities: {
          list: [{ facts: entityOf(prepared), annotations: SERVICE_ID }],
        },
      }),
    );
  }

  async #start(): Promise<AdmissionWebhook> {
    await this.#portal.start();
    const { directory } = this.#world.sandbox;
    const file = join(directory, 'conformance-admission.yaml');
    const base = parse(readFileSync(join(directory, 'admission.yaml'), 'utf8'));
    writeFileSync(join(directory, 'feed.pub'), this.#portal.publicKeyPem);
    writeFileSync(
      file,
      stringify({
        ...base,
        listen: { address: '127.0.0.1', port: 0 },
        health: { address: '127.0.0.1', port: 0 },
        policies: [`./${POLICY_FILE}`],
        platforms: ['linux/amd64'],
        stateDirectory: './admission-state',
        reloadSeconds: 3600,
        feed: {
          url: this.#portal.url,
          publicKeyFile: './feed.pub',
          intervalSeconds: 3600,
        },
        // What is compared is what it says, not how soon on a busy machine.
        deadlines: { verificationMs: 20_000, totalMs: 25_000 },
      }),
    );
    const config = await readAdmissionConfig(file);
    const quiet = () => undefined;
    return AdmissionWebhook.start({
      config,
      stateOf: await openState(config.stateDirectory),
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      now: () => this.#world.now,
    });
  }
}

function podWith(image: string): object {
  return {
    operation: 'CREATE',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    namespace: 'shop',
    name: 'web',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', labels: SERVICE_ID },
      spec: { containers: [{ name: 'app', image }] },
    },
    oldObject: null,
  };
}

/** A reference without digest is a cause of its own, whatever the rule about it says. */
function answerOf({ outcome, findings = '' }: Record<string, string>): Answer {
  const found = findings
    .split('; ')
    .map(text => /: (fail|unknown|warn|unpinnedReference) (\w+) \(/.exec(text))
    .sort(
      (left, right) =>
        Number(left?.[1] !== outcome) - Number(right?.[1] !== outcome),
    )
    .find(match => match !== null);
  return ['fail', 'unknown', 'warn'].includes(outcome)
    ? { outcome, reason: found?.[2] }
    : { outcome };
}
