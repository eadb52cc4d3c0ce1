import { generateKeyPairSync } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { readAdmissionConfig } from './readAdmissionConfig';

const configOf = (admission?: object) =>
  mockServices.rootConfig({ data: { supplyChain: { admission } } });

function pemOf(type: 'ed25519' | 'x25519'): string {
  const { privateKey } = generateKeyPairSync(type as 'ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

describe('readAdmissionConfig', () => {
  it('is off without a key', () => {
    expect(readAdmissionConfig(configOf())).toBeUndefined();
    expect(readAdmissionConfig(configOf({ validity: 'PT1H' }))).toBeUndefined();
  });

  it('takes an Ed25519 key, and six hours unless something else is said', () => {
    const signingKey = pemOf('ed25519');
    expect(readAdmissionConfig(configOf({ signingKey }))).toMatchObject({
      validityMs: 6 * 60 * 60 * 1000,
    });
    expect(
      readAdmissionConfig(configOf({ signingKey, validity: { minutes: 5 } })),
    ).toMatchObject({ validityMs: 300_000 });
  });

  it.each(['secret words', pemOf('x25519')])(
    'refuses every other key without quoting it',
    signingKey => {
      let message = '';
      try {
        readAdmissionConfig(configOf({ signingKey }));
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain('expected an Ed25519 private key in PEM');
      expect(message).not.toContain(signingKey.slice(0, 12));
    },
  );
});
