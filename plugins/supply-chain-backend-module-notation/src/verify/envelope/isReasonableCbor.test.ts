import { encodeCbor } from 'sandbox';
import { isReasonableCbor } from './isReasonableCbor';

describe('isReasonableCbor', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    [
      'lists in lists',
      encodeCbor([1, [-1000, ['x', Buffer.alloc(300, 0x80)]]]),
    ],
    ['as many items as are read', encodeCbor(Array(1023).fill(1))],
  ])('takes %s', (_what, bytes) => {
    expect(isReasonableCbor(bytes)).toBe(true);
  });

  it.each([
    ['one item more', encodeCbor(Array(1024).fill(1))],
    ['a list of unknown length', Buffer.from('9f01ff', 'hex')],
    ['a reserved head', Buffer.from('1c', 'hex')],
    ['very many empty lists', Buffer.alloc(256 * 1024, 0x80)],
  ])('refuses %s', (_what, bytes) => {
    expect(isReasonableCbor(bytes)).toBe(false);
  });
});
