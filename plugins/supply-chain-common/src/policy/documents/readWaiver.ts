import { Waiver } from '../../model/waiver';
import { ReadResult } from './readResult';
import { schemaProblems } from './schemaProblems';
import { waiverSpecSchema } from './waiverSchema';

/** Reads a Waiver document (L22). */
export function readWaiver(options: {
  metadata: { name: string };
  spec: unknown;
}): ReadResult<Waiver> {
  const { metadata, spec } = options;
  const parsed = waiverSpecSchema.safeParse(spec);
  if (!parsed.success) {
    return { ok: false, problems: schemaProblems(parsed.error, ['spec']) };
  }
  return {
    ok: true,
    value: { name: metadata.name, source: 'git', ...parsed.data },
  };
}
