import { schema, VexJudgement } from 'backstage-plugin-supply-chain-common';

/** What rows say of VEX; nothing where nobody states anything. */
export function vexOfRow({
  isExcluded,
  opinions,
}: VexJudgement): Pick<schema.VulnerabilityRow, 'notAffected' | 'vex'> {
  return {
    ...(isExcluded && { notAffected: true }),
    ...(opinions.length > 0 && { vex: opinions }),
  };
}
