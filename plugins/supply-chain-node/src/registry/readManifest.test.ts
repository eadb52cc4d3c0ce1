import fc from 'fast-check';
import { readManifest } from './readManifest';
import {
  manifestText,
  OCI_MANIFEST,
  sha256,
} from './__testUtils__/testDocuments';

const bytes = Buffer.from(manifestText());
const expectedDigest = sha256(bytes);

describe('readManifest', () => {
  it('accepts no mutation of the bytes a digest names', () => {
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        (position, change) => {
          const mutated = Buffer.from(bytes);
          mutated[position] ^= change;
          expect(
            readManifest({
              bytes: mutated,
              contentType: OCI_MANIFEST,
              expectedDigest,
            }),
          ).toMatchObject({ ok: false, reason: 'digestMismatch' });
        },
      ),
    );
  });

  it('never throws, whatever a registry answers', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map(text => Buffer.from(text)),
        ),
        fc.option(fc.string(), { nil: undefined }),
        (answer, contentType) => {
          expect(readManifest({ bytes: answer, contentType }).ok).toBe(false);
        },
      ),
    );
  });

  it('keeps a key named __proto__ a key', () => {
    const text = manifestText().replace('{', '{"__proto__":{"manifests":[]},');
    const result = readManifest({
      bytes: Buffer.from(text),
      contentType: OCI_MANIFEST,
    });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value.json.manifests).toBeUndefined();
  });
});
