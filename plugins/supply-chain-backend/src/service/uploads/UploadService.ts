import { createHash } from 'node:crypto';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  Digest,
  EntityFacts,
  fullEntityRef,
  parseImageReference,
  schema,
  supplyChainUploadPermission,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { findUpload } from '../../database/operations/uploads/findUpload';
import { readMemberDigests } from '../../database/operations/uploads/readMemberDigests';
import { UPLOAD_LIMITS } from '../../database/operations/uploads/uploadLimits';
import {
  UploadOrigin,
  vexDetailOf,
} from '../../database/operations/uploads/uploadRow';
import { writeUpload } from '../../database/operations/uploads/writeUpload';
import { UploadRow } from '../../database/tables';
import { VisibilityResolver } from '../../permissions/VisibilityResolver';
import { CheckKnowledge } from '../check/CheckKnowledge';
import { CheckSubjects } from '../check/CheckSubjects';
import { readUpload } from './readUpload';
import { UploadPrincipals } from './UploadPrincipals';
import { UploadQueue } from './UploadQueue';
import { missing } from '../requireRead';

/** What may be handed in, and in which formats. */
const FORMATS = {
  vulnerabilities: ['trivy', 'grype', 'cyclonedx', 'sarif'],
  vex: ['openvex'],
} as const;

type UploadKind = keyof typeof FORMATS;

/** What somebody wants to hand in, before its bytes are read. */
export type UploadRequest = {
  caller: BackstageCredentials;
  kind: string;
  format?: string;
  /** RFC 3339; when the scan was made, for a report that does not say it. */
  scannedAt?: string;
  entityRef: string;
  repository: string;
  digest: string;
  /** Aborted when nobody waits for the answer any more. */
  gone: AbortSignal;
};

/** Options of {@link UploadService}. */
export type UploadServiceOptions = {
  knex: Knex;
  permissions: PermissionsService;
  visibility: Pick<VisibilityResolver, 'forReading' | 'forUpload'>;
  subjects: CheckSubjects;
  principals: UploadPrincipals;
  knowledge: Pick<CheckKnowledge, 'entity'>;
  queue: UploadQueue;
  /** Told when verdicts depend on what came. */
  onUploaded: () => void;
  now: () => Date;
};

/** Takes evidence in that pipelines have about images of their entities (L9). */
export class UploadService {
  readonly #options: UploadServiceOptions;

  static create(options: UploadServiceOptions): UploadService {
    return new UploadService(options);
  }

  private constructor(options: UploadServiceOptions) {
    this.#options = options;
  }

  /** Takes evidence in. Its bytes are read only from who may hand it in, when it is their turn. */
  async upload(
    request: UploadRequest,
    readBody: () => Promise<Uint8Array>,
  ): Promise<schema.UploadReceipt> {
    const kind = kindOf(request);
    const image = imageOf(request);
    const entity = await this.#admit(request);
    const { trust, name } = this.#options.principals.describe(request.caller);
    const origin: UploadOrigin = {
      entity_ref: entity.ref,
      ...image,
      trust,
      uploaded_by: name,
    };
    const { knex, queue } = this.#options;
    return queue.run(async () => {
      const bytes = await readBody();
      const bodyHash = hashOf(bytes, request.scannedAt);
      const known = await findUpload({ knex, origin, kind, bodyHash });
      return known
        ? receiptOf('unchanged', known)
        : this.#store({ request, kind, origin, image, bytes, bodyHash });
    }, request.gone);
  }

  async #store(options: {
    request: UploadRequest;
    kind: UploadKind;
    origin: UploadOrigin;
    image: { repository: string; digest: Digest };
    bytes: Uint8Array;
    bodyHash: string;
  }): Promise<schema.UploadReceipt> {
    const { request, kind, origin, image, bytes, bodyHash } = options;
    const { knex, onUploaded } = this.#options;
    const now = this.#options.now();
    const members = await readMemberDigests({ knex, ...image });
    const { format, content } = await readUpload({
      kind,
      bytes,
      about: { repository: image.repository, members, now },
      scannedAt: request.scannedAt,
      signal: request.gone,
    });
    if (request.format !== undefined && request.format !== format) {
      throw new InputError(
        `reportFormatUnknown: expected the format '${request.format}', got '${format}'`,
      );
    }
    const { status, row } = await writeUpload({
      knex,
      upload: {
        ...origin,
        format,
        body_hash: bodyHash,
        uploaded_at: now.toISOString(),
        content,
      },
    });
    if (status === 'refused') {
      throw tooManyError(row);
    }
    if (status === 'created' || status === 'replaced') {
      onUploaded();
    }
    return receiptOf(status, row);
  }

  /** @throws NotAllowedError without the permission, and for a pipeline that is not bound to the entity. */
  async #admit({ caller, entityRef }: UploadRequest): Promise<EntityFacts> {
    const { permissions, subjects, knowledge, visibility } = this.#options;
    const ref = fullEntityRef(entityRef);
    if (ref === undefined) {
      throw new InputError(
        `Expected an entity reference such as 'component:default/web', got '${entityRef}'`,
      );
    }
    const permission = supplyChainUploadPermission;
    const [{ result }] = await permissions.authorizeConditional(
      [{ permission }],
      { credentials: caller },
    );
    if (result === AuthorizeResult.DENY) {
      throw missing(permission);
    }
    if (isService(caller)) {
      // Its conditions cannot be applied to who is no user.
      if (result !== AuthorizeResult.ALLOW) {
        throw missing(permission);
      }
      const entity = await knowledge.entity(ref);
      subjects.admit(caller, { ref, entity });
      return entity ?? notFound(ref);
    }
    const readable = await knowledge.entity(
      ref,
      await visibility.forReading(caller),
    );
    if (!readable) {
      return notFound(ref);
    }
    const visible = await visibility.forUpload(caller);
    const entity = await knowledge.entity(ref, visible);
    if (!entity) {
      throw missing(permission);
    }
    return entity;
  }
}

function isService({ principal }: BackstageCredentials): boolean {
  return (principal as { type?: string }).type === 'service';
}

/** Two scans that found the same are the same bytes where these do not say when they were made. */
function hashOf(bytes: Uint8Array, scannedAt = ''): string {
  return createHash('sha256').update(bytes).update(scannedAt).digest('hex');
}

function kindOf({ kind, format }: UploadRequest): UploadKind {
  expectOneOf('kind', kind, Object.keys(FORMATS));
  const known = kind as UploadKind;
  if (format !== undefined) {
    expectOneOf('format', format, FORMATS[known]);
  }
  return known;
}

function expectOneOf(
  what: string,
  value: string,
  known: readonly string[],
): void {
  if (!known.includes(value)) {
    throw new InputError(
      `Expected evidence of the ${what} ${known
        .map(each => `'${each}'`)
        .join(' or ')}, got '${value}'`,
    );
  }
}

function imageOf({ repository, digest }: UploadRequest): {
  repository: string;
  digest: Digest;
} {
  const parsed = parseImageReference(`${repository}@${digest}`);
  const reference = parsed.ok ? parsed.reference : undefined;
  if (!reference?.digest || reference.tag !== undefined) {
    throw new InputError(
      `Expected a repository and the digest of an image in it, got '${repository}' and '${digest}'`,
    );
  }
  return { repository: reference.repository, digest: reference.digest };
}

function notFound(ref: string): never {
  throw new NotFoundError(`There is no entity '${ref}'`);
}

function tooManyError(row: UploadRow): ConflictError {
  const { byOne, byAll } = UPLOAD_LIMITS[row.kind];
  return new ConflictError(
    `Expected at most ${byOne} uploads of the kind '${row.kind}' by one caller, and ${byAll} in all, about '${row.repository}@${row.digest}' for '${row.entity_ref}', and none of them is superseded`,
  );
}

function receiptOf(
  status: schema.UploadReceipt['status'],
  row: UploadRow,
): schema.UploadReceipt {
  return {
    status,
    kind: row.kind,
    format: row.format,
    entityRef: row.entity_ref,
    repository: row.repository,
    digest: row.digest,
    trust: row.trust,
    origin: row.origin,
    madeAt: row.made_at,
    uploadedAt: row.uploaded_at,
    ...ignoredOf(row),
  };
}

/** Statements that are applied to nothing: whoever handed them in should know. */
function ignoredOf(row: UploadRow): Pick<schema.UploadReceipt, 'ignored'> {
  const ignored = row.kind === 'vex' ? vexDetailOf(row).ignored : [];
  return ignored.length > 0 ? { ignored } : {};
}
