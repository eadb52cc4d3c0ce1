/**
 * The bytes that are signed: the pre-authentication encoding of DSSE.
 * https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md
 *
 * @public
 */
export function signingInput(
  payloadType: string,
  payload: Uint8Array,
): Uint8Array {
  const encoder = new TextEncoder();
  const typeLength = encoder.encode(payloadType).length;
  const head = encoder.encode(
    `DSSEv1 ${typeLength} ${payloadType} ${payload.length} `,
  );
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head);
  bytes.set(payload, head.length);
  return bytes;
}
