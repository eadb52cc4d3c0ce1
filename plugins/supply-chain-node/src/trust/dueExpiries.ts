import { TrustExpiry, TrustExpiryKind } from './expiriesOf';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOTICE_MS = 30 * DAY_MS;

/** Their owners hand over from one to the next and leave the old ones listed, so that old signatures still verify. */
const HANDED_OVER = new Set<TrustExpiryKind>([
  'certificateAuthority',
  'timestampAuthority',
  'transparencyLog',
  'certificateLog',
]);

/**
 * Where something stands before its end.
 *
 * @public
 */
export type ExpiryState = 'lasting' | 'ending' | 'ended';

/**
 * Where something stands: `ending` within 30 days of its end.
 *
 * @public
 */
export function expiryStateOf({ endsAt }: TrustExpiry, now: Date): ExpiryState {
  const leftMs =
    endsAt === undefined ? Infinity : Date.parse(endsAt) - now.getTime();
  if (leftMs <= 0) {
    return 'ended';
  }
  return leftMs <= NOTICE_MS ? 'ending' : 'lasting';
}

/**
 * What somebody must do something about: what ends within 30 days or has ended. Where something of the same kind lasts
 * longer it takes over, so there authorities and logs need no notice, and others none once they ended 30 days ago.
 * TUF metadata is renewed every few days; it counts from its end only.
 *
 * @public
 */
export function dueExpiries(expiries: TrustExpiry[], now: Date): TrustExpiry[] {
  const lasting = new Set(
    expiries
      .filter(each => expiryStateOf(each, now) === 'lasting')
      .map(({ kind }) => kind),
  );
  return expiries.filter(each => {
    const { kind, endsAt } = each;
    const state = expiryStateOf(each, now);
    if (state === 'lasting') {
      return false;
    }
    if (kind === 'tufMetadata') {
      return state === 'ended';
    }
    const longAgo = Date.parse(endsAt!) + NOTICE_MS <= now.getTime();
    return !(lasting.has(kind) && (HANDED_OVER.has(kind) || longAgo));
  });
}
