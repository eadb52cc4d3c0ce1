import { ASN1Obj } from '@sigstore/core';
import { PrivateSigstore } from 'sandbox';
import { encodeDer } from './encodeDer';

describe('encodeDer', () => {
  it.each([0, 1, 127, 128, 255, 256, 70_000])(
    'writes what the library writes for %i bytes',
    length => {
      const octets = Buffer.concat([
        ASN1Obj.parseBuffer(Buffer.from([0x04, 0]))
          .toDER()
          .subarray(0, 1),
        lengthOf(length),
        Buffer.alloc(length, 0xff),
      ]);
      const object = ASN1Obj.parseBuffer(octets);
      expect(encodeDer(object)).toEqual(object.toDER());
      expect(encodeDer(object)).toEqual(octets);
    },
  );

  it('writes certificates and timestamps as the library does', async () => {
    const sigstore = await PrivateSigstore.create();
    const { certificate } = await sigstore.certify({
      repository: 'acme/app',
      workflow: '.github/workflows/release.yml',
      ref: 'refs/tags/v1.0.0',
      commit: 'c'.repeat(40),
    });
    for (const der of [certificate, await sigstore.timestamp(certificate)]) {
      const object = ASN1Obj.parseBuffer(der);
      expect(encodeDer(object)).toEqual(object.toDER());
    }
  });
});

function lengthOf(length: number): Buffer {
  if (length < 128) {
    return Buffer.from([length]);
  }
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
}
