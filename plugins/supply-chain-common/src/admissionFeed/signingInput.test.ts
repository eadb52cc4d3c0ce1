import { signingInput } from './signingInput';

describe('signingInput', () => {
  it('is the example of the specification', () => {
    // https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md#test-vectors
    const input = signingInput(
      'http://example.com/HelloWorld',
      new TextEncoder().encode('hello world'),
    );
    expect(new TextDecoder().decode(input)).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('counts bytes, not characters', () => {
    const input = signingInput('ü', new TextEncoder().encode('€'));
    expect(new TextDecoder().decode(input)).toBe('DSSEv1 2 ü 3 €');
  });
});
