import { schema } from 'backstage-plugin-supply-chain-common';

/** When the first of the waivers ends that some verdicts stand on, RFC 3339; undefined where there is none. */
export function waivedUntil(
  verdicts: readonly Pick<schema.Verdict, 'findings'>[],
): string | undefined {
  const [first] = verdicts
    .flatMap(({ findings }) => findings)
    .flatMap(({ outcome, waiver }) =>
      outcome === 'waived' && waiver ? waiver.expires : [],
    )
    .sort();
  return first;
}
