import { join } from 'node:path';
import { ReasonCode, Waiver } from 'backstage-plugin-supply-chain-common';
import { AdmissionWorld, podRequest } from '../__testUtils__/AdmissionWorld';
import { emptyPage, feedScan, TestFeed } from '../__testUtils__/TestFeed';

jest.setTimeout(60_000);

let world: AdmissionWorld;
let portal: TestFeed;
let digest: string;
let signed: string;

const RULES = [
  { use: 'image-signed' },
  { use: 'scan-fresh', with: { maxAgeHours: 48 } },
  {
    use: 'no-fixable-vulnerability',
    with: { severity: 'critical', leewayDays: 0 },
  },
];

beforeEach(async () => {
  world = await AdmissionWorld.start();
  portal = new TestFeed();
  await portal.start();
  await world.writeCertificate();
  await world.writePolicy({ rules: RULES });
  await world.write('feed.pub', portal.publicKeyPem);
  await world.write('token', ' secret-token \n');
  digest = world.push('shop/web', '1.0.0', 1);
  signed = `${world.image('shop/web')}@${digest}`;
});

afterEach(async () => {
  await world.stop();
  await portal.stop();
});

const start = (now?: () => Date) =>
  world.startWebhook(
    {
      stateDirectory: join(world.directory, 'state'),
      feed: {
        url: portal.url,
        publicKeyFile: './feed.pub',
        tokenFile: './token',
        intervalSeconds: 3600,
      },
    },
    now,
  );

const ask = async (image = signed, overrides = {}) =>
  (await world.ask(podRequest([image], overrides))).response;

describe('a webhook with a feed', () => {
  it('is ready once the feed was read, and asks with its token', async () => {
    const webhook = await start();
    await webhook.readFeed();
    expect(await world.health('/readyz')).toEqual({
      status: 503,
      text: 'the feed was never read\n',
    });
    expect((await ask()).auditAnnotations?.outcome).toBe('unknown');
    portal.answer = () => portal.sign(emptyPage());
    await webhook.readFeed();
    expect((await world.health('/readyz')).status).toBe(200);
    expect(portal.asked[0]).toEqual({
      since: null,
      authorization: 'Bearer secret-token',
    });
    expect((await world.health('/metrics')).text).toContain(
      'supply_chain_admission_feed_reads_total{result="ok"} 1',
    );
    expect(world.logged.join('\n')).not.toContain('secret-token');
  });

  it('judges scans by what the portal knows of them', async () => {
    let critical = false;
    let sequence = 0;
    portal.answer = since => {
      sequence += 1;
      return portal.sign(
        emptyPage({
          sequence,
          since,
          cursor: `c${sequence}`,
          scans: [feedScan(digest, { critical })],
        }),
      );
    };
    const webhook = await start();
    await webhook.readFeed();
    expect(await ask()).toMatchObject({
      allowed: true,
      auditAnnotations: { outcome: 'pass' },
    });
    critical = true;
    await webhook.readFeed();
    const refused = await ask();
    expect(refused.allowed).toBe(false);
    expect(refused.status?.message).toContain('zlib 1.0 → 1.1');
  });

  it('never admits by the word of the portal alone', async () => {
    const unsigned = world.push('shop/web', '0.9.0', 2, false);
    portal.answer = () =>
      portal.sign(emptyPage({ scans: [feedScan(unsigned)] }));
    const webhook = await start();
    await webhook.readFeed();
    const refused = await ask(`${world.image('shop/web')}@${unsigned}`);
    expect(refused.allowed).toBe(false);
    expect(refused.status?.message).toContain('noSignature');
  });

  describe('with waivers of the page', () => {
    const NOON = Date.parse('2026-12-03T12:00:00.000Z');
    let now: Date;
    let sequence: number;

    beforeEach(() => {
      now = new Date(NOON - 3_600_000);
      sequence = 0;
    });

    const waiver = (
      rule: string,
      reason: ReasonCode,
      scope: Waiver['scope'],
    ): Waiver => ({
      name: rule,
      source: 'portal',
      rule,
      reasons: [reason],
      includeUnknown: false,
      scope,
      reason: 'The fixed release is tested',
      requestedBy: 'user:default/ada',
      approvedBy: 'user:default/grace',
      approvedAt: new Date(NOON - 7_200_000).toISOString(),
      expires: new Date(NOON).toISOString(),
    });

    const told = (scanned: string, waivers: Waiver[]) => {
      portal.answer = since => {
        sequence += 1;
        return portal.sign(
          emptyPage({
            sequence,
            since,
            issuedAt: new Date(NOON - 3_600_000).toISOString(),
            cursor: `c${sequence}`,
            waivers,
            scans: [
              feedScan(scanned, {
                critical: true,
                scannedAt: new Date(NOON - 3_600_000).toISOString(),
              }),
            ],
          }),
        );
      };
    };

    it('lets through until noon what they excuse of scans, and not a moment longer', async () => {
      const repository = world.image('shop/web');
      told(digest, [
        waiver('no-fixable-vulnerability', 'fixableVulnerability', {
          repository,
          digest,
        }),
      ]);
      const webhook = await start(() => now);
      await webhook.readFeed();
      now = new Date(NOON - 1_000);
      expect(await ask()).toMatchObject({
        allowed: true,
        auditAnnotations: { outcome: 'waived' },
      });
      now = new Date(NOON);
      expect((await ask()).allowed).toBe(false);
    });

    it('refuses again once one was ended on the page', async () => {
      const repository = world.image('shop/web');
      told(digest, [
        waiver('no-fixable-vulnerability', 'fixableVulnerability', {
          repository,
          digest,
        }),
      ]);
      const webhook = await start(() => now);
      await webhook.readFeed();
      expect((await ask()).allowed).toBe(true);
      told(digest, []);
      await webhook.readFeed();
      expect((await ask()).allowed).toBe(false);
    });

    it('lets nothing unsigned through, whatever they excuse', async () => {
      const unsigned = world.push('shop/web', '0.9.0', 2, false);
      const repository = world.image('shop/web');
      told(unsigned, [
        waiver('image-signed', 'noSignature', { repository }),
        waiver('no-fixable-vulnerability', 'fixableVulnerability', {
          repository,
        }),
      ]);
      const webhook = await start(() => now);
      await webhook.readFeed();
      const refused = await ask(`${repository}@${unsigned}`);
      expect(refused.allowed).toBe(false);
      expect(refused.status?.message).toContain('noSignature');
      expect(refused.status?.message).not.toContain('zlib');
    });
  });

  it('goes on by the snapshot while the portal is down, and says unknown once that expired', async () => {
    let now = new Date();
    portal.answer = () =>
      portal.sign(
        emptyPage({
          issuedAt: now.toISOString(),
          scans: [feedScan(digest, { scannedAt: now.toISOString() })],
        }),
      );
    await (await start(() => now)).readFeed();
    await world.stopWebhook();
    portal.answer = () => undefined;
    await start(() => now);
    expect((await world.health('/readyz')).status).toBe(200);
    expect((await ask()).allowed).toBe(true);
    now = new Date(now.getTime() + 3_600_000);
    const refused = await ask();
    expect(refused).toMatchObject({
      allowed: false,
      auditAnnotations: { outcome: 'unknown' },
    });
    expect(refused.status?.message).toContain('scannerUnavailable');
  });

  it('matches policies about entities by the labels of the pod', async () => {
    await world.writePolicy({
      match: { entities: { lifecycle: ['production'] } },
    });
    portal.answer = () =>
      portal.sign(
        emptyPage({
          entities: {
            list: [
              {
                facts: {
                  ref: 'component:default/web',
                  kind: 'component',
                  namespace: 'default',
                  name: 'web',
                  lifecycle: 'production',
                },
                annotations: {
                  'backstage.io/kubernetes-label-selector': 'app=web',
                },
              },
            ],
          },
        }),
      );
    const webhook = await start();
    const unsigned = `${world.image('shop/web')}@${world.push(
      'shop/web',
      '0.9.0',
      2,
      false,
    )}`;
    // As long as nothing is known of entities, the policy counts for everybody.
    await webhook.readFeed();
    expect((await ask(unsigned)).allowed).toBe(false);
    const other = { metadata: { labels: { app: 'tool' } } };
    const elsewhere = await ask(unsigned, {
      object: {
        ...other,
        spec: { containers: [{ name: 'c0', image: unsigned }] },
      },
    });
    expect(elsewhere).toMatchObject({
      allowed: true,
      auditAnnotations: { outcome: 'notApplicable' },
    });
  });
});
