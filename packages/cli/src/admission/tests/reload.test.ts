import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { issueServingCertificate } from 'sandbox';
import { AdmissionWorld, podRequest } from '../__testUtils__/AdmissionWorld';
import { AdmissionWebhook } from '../AdmissionWebhook';

jest.setTimeout(60_000);

let world: AdmissionWorld;
let signed: string;
let unsigned: string;

beforeEach(async () => {
  world = await AdmissionWorld.start();
  await world.writeCertificate();
  await world.writePolicy();
  signed = `${world.image('shop/web')}@${world.push('shop/web', '1.0.0', 1)}`;
  unsigned = `${world.image('shop/web')}@${world.push(
    'shop/web',
    '0.9.0',
    2,
    false,
  )}`;
});

afterEach(() => world.stop());

const isAllowed = async (image: string) =>
  (await world.ask(podRequest([image]))).response.allowed;

function shownCertificate(webhook: AdmissionWebhook): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(
      {
        port: webhook.ports.webhook,
        host: '127.0.0.1',
        rejectUnauthorized: false,
      },
      () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}

describe('policies', () => {
  it('are loaded again when they change; a bad one leaves the last good one in force', async () => {
    const webhook = await world.startWebhook();
    expect(await isAllowed(unsigned)).toBe(false);

    await world.writePolicy({ mode: 'audit' });
    await webhook.reload();
    expect(await isAllowed(unsigned)).toBe(true);

    await world.writePolicy({
      mode: 'enforce',
      rules: [{ use: 'no-such-rule' }],
    });
    await webhook.reload();
    await webhook.reload();
    expect(await isAllowed(unsigned)).toBe(true);
    const said = world.logged.filter(line => line.includes('ruleUnknown'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('the policies loaded before stay in force');
    expect((await world.health('/metrics')).text).toContain(
      'supply_chain_admission_reloads_total{what="policies",result="bad"} 1',
    );

    await world.writePolicy({ mode: 'enforce' });
    await webhook.reload();
    expect(await isAllowed(unsigned)).toBe(false);
    expect(await isAllowed(signed)).toBe(true);
  });

  it('are verified against a key that changed, not against what is remembered', async () => {
    const webhook = await world.startWebhook();
    expect(await isAllowed(signed)).toBe(true);
    const other = await AdmissionWorld.start();
    await other.writePolicy();
    await world.write(
      'cosign.pub',
      await readFile(join(other.directory, 'cosign.pub'), 'utf8'),
    );
    await other.stop();
    await webhook.reload();
    expect(await isAllowed(signed)).toBe(false);
  });

  it('that were good before a restart are in force when those of now do not load', async () => {
    const stateDirectory = join(world.directory, 'state');
    await world.startWebhook({ stateDirectory });
    await world.stopWebhook();
    await world.write('policy.yaml', 'kind: nonsense');
    await world.startWebhook({ stateDirectory });
    expect(await isAllowed(unsigned)).toBe(false);
    expect(world.logged.join('\n')).toContain('good before the restart');
    await world.stopWebhook();
    await writeFile(join(stateDirectory, 'policies.json'), '[{"text":1}]');
    await expect(world.startWebhook({ stateDirectory })).rejects.toThrow(
      'policy.yaml',
    );
  });

  it('have to be some', async () => {
    await world.write('policy.yaml', '');
    await expect(world.startWebhook()).rejects.toThrow('noPolicy');
  });
});

describe('the certificate', () => {
  it('is replaced without a restart; one that cannot be used leaves the old one', async () => {
    const webhook = await world.startWebhook();
    const first = await shownCertificate(webhook);

    await world.writeCertificate();
    await webhook.reload();
    const second = await shownCertificate(webhook);
    expect(second).not.toBe(first);
    expect(await isAllowed(signed)).toBe(true);

    const { key } = issueServingCertificate();
    for (const [name, text] of [
      ['tls.key', key],
      ['tls.crt', 'no certificate'],
    ]) {
      await world.write(name, text);
      await webhook.reload();
      expect(await shownCertificate(webhook)).toBe(second);
    }
    await rm(join(world.directory, 'tls.crt'));
    await webhook.reload();
    expect(await shownCertificate(webhook)).toBe(second);
    expect(
      world.logged.filter(line => line.includes('servingCertificateUnusable')),
    ).toHaveLength(3);
    expect((await world.health('/metrics')).text).toContain(
      'reloads_total{what="certificate",result="servingCertificateUnusable"} 3',
    );
  });

  it('is announced to expire 30, 7 and 1 days ahead, once each', async () => {
    let now = new Date('2026-11-01T00:00:00Z');
    await world.writeCertificate(issueServingCertificate({ days: 31, now }));
    const webhook = await world.startWebhook({}, () => now);
    const warnings = () =>
      world.logged.filter(line => line.includes('servingCertificateExpires'));
    expect(warnings()).toHaveLength(0);
    for (const [days, count] of [
      [1.5, 1],
      [2, 1],
      [24.5, 2],
      [30.5, 3],
      [31.5, 4],
    ]) {
      now = new Date(Date.parse('2026-11-01T00:00:00Z') + days * 86_400_000);
      await webhook.reload();
      expect(warnings()).toHaveLength(count);
    }
    expect(warnings()[3]).toContain('expired at 2026-12-02T00:00:00.000Z');
    expect((await world.health('/metrics')).text).toMatch(
      /certificate_expiry_days -0\.5\n/,
    );
  });

  it('has to be usable at the start', async () => {
    await world.writeCertificate(issueServingCertificate({ days: -1 }));
    await expect(world.startWebhook()).rejects.toThrow(/expired at/);
  });
});

describe('the plain side', () => {
  it('says that it lives, that it is ready, and what it counted', async () => {
    const webhook = await world.startWebhook();
    await world.ask(podRequest([signed]));
    expect(await world.health('/healthz')).toEqual({
      status: 200,
      text: 'ok\n',
    });
    expect(await world.health('/readyz')).toEqual({
      status: 200,
      text: 'ok\n',
    });
    const { text } = await world.health('/metrics');
    expect(text).toContain(
      'supply_chain_admission_reviews_total{endpoint="validate",decision="allow"} 1',
    );
    expect(text).toContain(
      'supply_chain_admission_looks_total{from="registry"} 1',
    );
    expect(text).toContain(
      'review_duration_seconds_count{endpoint="validate"} 1',
    );
    expect(text).not.toMatch(/shop/);
    await webhook.stop();
  });
});

describe('credentials', () => {
  it('are read again when they change', async () => {
    const config = { registries: { dockerConfig: './docker.json', hosts: [] } };
    await world.write('docker.json', '{}');
    const webhook = await world.startWebhook(config);
    await world.write('docker.json', '{');
    await webhook.reload();
    expect(world.logged.join('\n')).toContain(
      'the credentials read before stay in use',
    );
    await world.write('docker.json', '{"auths":{}}');
    await webhook.reload();
    expect(world.logged.join('\n')).toContain('new registry credentials');
  });
});
