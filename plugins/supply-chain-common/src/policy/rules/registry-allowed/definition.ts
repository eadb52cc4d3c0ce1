import { z } from 'zod';
import { parseImagePattern } from '../../../model/imagePattern';
import { RuleDefinition } from '../rule';

/** A pattern over repositories, checked when the policy is loaded. */
export const imagePatternSchema = z
  .string()
  .superRefine((text, { addIssue }) => {
    const parsed = parseImagePattern(text);
    if (!parsed.ok) {
      addIssue({
        code: 'custom',
        message: `expected an image pattern such as "registry.acme.example/**", got "${text}" (${parsed.reason})`,
        params: { reason: 'patternInvalid' },
      });
    }
  });

/** Definition of `registry-allowed`. */
export const registryAllowedDefinition: RuleDefinition<'registry-allowed'> = {
  id: 'registry-allowed',
  question: 'registry',
  title: 'From an allowed registry',
  motivation:
    'A registry that nobody vouches for can hand out anything under any name, and may be gone tomorrow.',
  remediation:
    'Copy the image to an allowed registry and deploy it from there, or have the registry reviewed and allowed.',
  severity: 'high',
  controls: ['CIS-SSC 3.1.5', 'CIS-SSC 4.4.2', 'S2C2F ING-2', 'S2C2F ENF-2'],
  parameters: z.object({ allow: z.array(imagePatternSchema).min(1) }).strict(),
};
