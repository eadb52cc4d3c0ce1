import { z } from 'zod';
import {
  FULCIO_EXTENSION_NAMES,
  isFulcioExtensionName,
} from '../../model/fulcioExtensions';
import { contentTrustSchema } from './contentTrustSchema';
import { issuerTooWide, subjectTooWide } from './identityBreadth';
import { notationSchema } from './notation/notationSchema';
import { suggestName } from './suggestName';
import {
  closedObject,
  instantSchema,
  mirrorSchema,
  textPatternSchema,
} from './valueSchemas';

const requirementSchema = z.enum(['required', 'whenPresent', 'none']);

function exactlyOne<T extends Record<string, unknown>>(
  keys: readonly (keyof T & string)[],
): (value: T, context: z.RefinementCtx) => void {
  return (value, context) => {
    const given = keys.filter(key => value[key] !== undefined);
    if (given.length !== 1) {
      context.addIssue({
        code: 'custom',
        message: `expected exactly one of ${keys
          .map(key => `"${key}"`)
          .join(', ')}, got ${given.length}`,
      });
    }
  };
}

const keySchema = closedObject({
  file: z.string().optional(),
  inline: z.string().optional(),
  notBefore: instantSchema.optional(),
  notAfter: instantSchema.optional(),
})
  .superRefine(exactlyOne(['file', 'inline']))
  .refine(
    ({ notBefore, notAfter }) =>
      notBefore === undefined || notAfter === undefined || notBefore < notAfter,
    { message: 'expected "notBefore" before "notAfter"' },
  );

const jsonMaterial = {
  file: z.string().optional(),
  inline: z.union([z.string(), z.record(z.unknown())]).optional(),
};

const tufSchema = closedObject({
  mirror: mirrorSchema,
  root: closedObject(jsonMaterial).superRefine(exactlyOne(['file', 'inline'])),
});

const trustedRootSchema = closedObject({
  ...jsonMaterial,
  tuf: tufSchema.optional(),
}).superRefine(exactlyOne(['file', 'inline', 'tuf']));

const extensionsSchema = z
  .record(textPatternSchema)
  .superRefine((extensions, context) => {
    const names = [...new Set(Object.values(FULCIO_EXTENSION_NAMES))];
    Object.keys(extensions)
      .filter(name => !isFulcioExtensionName(name))
      .forEach(name =>
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `unknown extension "${name}".${suggestName(name, names)}`,
          params: { reason: 'documentKeyUnknown' },
        }),
      );
  });

function refuseWide<T>(tooWide: (value: T) => string) {
  return (value: T, context: z.RefinementCtx) => {
    const message = tooWide(value);
    if (message) {
      context.addIssue({
        code: 'custom',
        message,
        params: { reason: 'identityTooWide' },
      });
    }
  };
}

const identitySchema = closedObject({
  issuer: textPatternSchema.superRefine(refuseWide(issuerTooWide)),
  subject: textPatternSchema.superRefine(refuseWide(subjectTooWide)),
  extensions: extensionsSchema.optional(),
});

const sigstoreSchema = closedObject({
  trustedRoot: trustedRootSchema,
  transparencyLog: requirementSchema.default('required'),
  // Trusted time is always needed (L14); a log entry gives it as well as a timestamp authority does.
  timestamps: requirementSchema.default('whenPresent'),
  signedCertificateTimestamps: requirementSchema.default('required'),
  identities: z.array(identitySchema).min(1),
});

/** `spec` of a TrustRoot document. */
export const trustRootSpecSchema = closedObject({
  keys: z.array(keySchema).min(1).max(100).optional(),
  sigstore: sigstoreSchema.optional(),
  contentTrust: contentTrustSchema.optional(),
  notation: notationSchema.optional(),
  transparencyLog: requirementSchema.optional(),
  timestamps: requirementSchema.optional(),
  trustedRoot: trustedRootSchema.optional(),
})
  .superRefine(exactlyOne(['keys', 'sigstore', 'contentTrust', 'notation']))
  .superRefine(({ sigstore, notation, ...beside }, context) => {
    if (sigstore || notation) {
      (['transparencyLog', 'timestamps', 'trustedRoot'] as const)
        .filter(key => beside[key] !== undefined)
        .forEach(key =>
          context.addIssue({
            code: 'custom',
            path: [key],
            message: sigstore
              ? `expected "${key}" inside "sigstore"`
              : `expected no "${key}" beside "notation"`,
          }),
        );
    }
  });

/** What the schema gives. */
export type TrustRootSpecDocument = z.infer<typeof trustRootSpecSchema>;
/** A trusted root as a document names it. */
export type TrustedRootReference = z.infer<typeof trustedRootSchema>;
