import {
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  CheckReport,
  checkReportOf,
  Digest,
  EntityFacts,
  evaluationInstant,
  explainNoDigest,
  fullEntityRef,
  ImageReference,
  parseImageReference,
  PolicyFacts,
  PolicySet,
  supplyChainCheckPermission,
} from 'backstage-plugin-supply-chain-common';
import { EvidenceCollector } from 'backstage-plugin-supply-chain-node';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { name, version } from '../../../package.json';
import { AnnotatedImageRules } from '../../inventory/AnnotatedImageRules';
import { uploadsByKind } from '../../derivations/uploadsByKind';
import { exploitedFactsOf } from '../../derivations/exploitedFactsOf';
import { VisibilityResolver } from '../../permissions/VisibilityResolver';
import { CheckKnowledge, KnownRepository } from './CheckKnowledge';
import { CheckSubjects } from './CheckSubjects';
import { ImageLook, lookAtImage, LookRegistry } from './lookAtImage';
import { missing } from '../requireRead';

/** A caller waits for the answer; proxies in between give up after a minute. */
const LOOK_TIMEOUT_MS = 45_000;

/** An image somebody asks about. */
export type CheckRequest = {
  caller: BackstageCredentials;
  /** As written. */
  image: string;
  entityRef?: string;
  /** Name of the only policy to judge by; absent: every policy that matches. */
  policy?: string;
  cluster?: string;
  namespace?: string;
};

/** Options of {@link CheckService}. */
export type CheckServiceOptions = {
  permissions: PermissionsService;
  visibility: Pick<VisibilityResolver, 'forReading'>;
  subjects: CheckSubjects;
  knowledge: Pick<CheckKnowledge, keyof CheckKnowledge>;
  /** Which images may be read for whom (L30). */
  rules: AnnotatedImageRules;
  registry: LookRegistry;
  originCollector: EvidenceCollector;
  collectors: EvidenceCollector[];
  /** What is loaded now; `undefined` before policies have been read for the first time. */
  policySet: () => PolicySet | undefined;
  pool: Pick<EvaluationPool, 'evaluate'>;
  logger: LoggerService;
  now: () => Date;
};

const NO_POLICIES: PolicySet = {
  policies: [],
  trustRoots: [],
  waivers: [],
  digest: '',
};

type Question = {
  imageRef: string;
  reference: ImageReference;
  entity?: EntityFacts;
  known: KnownRepository;
  place: { entityRef?: string; cluster?: string; namespace?: string };
};

/** Judges an image before it is deployed, by the policies of the portal. */
export class CheckService {
  readonly #options: CheckServiceOptions;

  static create(options: CheckServiceOptions): CheckService {
    return new CheckService(options);
  }

  private constructor(options: CheckServiceOptions) {
    this.#options = options;
  }

  /** What the policies say of an image; it is looked at now. */
  async check(request: CheckRequest): Promise<CheckReport> {
    await this.#requirePermission(request.caller);
    const reference = referenceOf(request.image);
    const entity = await this.#admit(request);
    const question = await this.#questionOf(request, { reference, entity });
    const policySet = this.#policySetOf(request.policy);
    return this.#judge(question, policySet);
  }

  async #requirePermission(caller: BackstageCredentials): Promise<void> {
    const permission = supplyChainCheckPermission;
    const [{ result }] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials: caller },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw missing(permission);
    }
  }

  async #admit(request: CheckRequest): Promise<EntityFacts | undefined> {
    const { subjects, knowledge, visibility } = this.#options;
    const { caller } = request;
    const ref = refOf(request.entityRef);
    if (subjects.isExternal(caller)) {
      const bound = ref === undefined ? undefined : await knowledge.entity(ref);
      subjects.admit(caller, { ref, entity: bound });
      return bound ?? notFound(ref!);
    }
    if (ref === undefined) {
      return undefined;
    }
    const visible = await visibility.forReading(caller);
    return (await knowledge.entity(ref, visible)) ?? notFound(ref);
  }

  async #questionOf(
    request: CheckRequest,
    about: { reference: ImageReference; entity?: EntityFacts },
  ): Promise<Question> {
    const { reference, entity } = about;
    const { cluster, namespace } = placeOf(request);
    const known = await this.#options.knowledge.repository(
      entity?.ref,
      reference.repository,
    );
    const access = this.#options.rules.accessTo(reference);
    if (access === 'whenLinked' && !known.isLinked) {
      throw new NotAllowedError(
        `'${
          reference.repository
        }' is read with credentials of the portal, and ${
          entity
            ? `'${entity.ref}' runs nothing from it`
            : 'no entity that runs something from it is named'
        }; allow it in 'supplyChain.annotatedImages.allow'`,
      );
    }
    return {
      imageRef: request.image,
      reference,
      ...(entity && { entity }),
      known,
      place: {
        ...(entity && { entityRef: entity.ref }),
        ...(cluster !== undefined && { cluster, namespace }),
      },
    };
  }

  #policySetOf(wanted: string | undefined): PolicySet {
    const loaded = this.#options.policySet() ?? NO_POLICIES;
    if (wanted === undefined) {
      return loaded;
    }
    const policies = loaded.policies.filter(each => each.name === wanted);
    if (policies.length === 0) {
      throw new InputError(`There is no policy '${wanted}'`);
    }
    return { ...loaded, policies };
  }

  async #judge(question: Question, loaded: PolicySet): Promise<CheckReport> {
    const { knowledge, pool } = this.#options;
    const { imageRef, reference, entity, known } = question;
    const { now } = evaluationInstant(
      this.#options.now(),
      await knowledge.lastEvaluatedAt(),
    );
    const ofPage = await knowledge.waiversInForce(now);
    const policySet = { ...loaded, waivers: [...loaded.waivers, ...ofPage] };
    const { facts: found, ...resolved } = await lookAtImage({
      ...this.#options,
      ...question,
      trustRoots: policySet.trustRoots,
      stateOf: collector => knowledge.stateOf(collector),
      signal: AbortSignal.timeout(LOOK_TIMEOUT_MS),
      now,
    });
    const { digest, failure } = resolved;
    const stated: PolicyFacts = {
      ...found,
      ...(entity && { entity }),
      ...(digest
        ? await this.#statedOf(question, { digest, found })
        : { scans: [] }),
      vulnerabilityClocks: known.clocks,
    };
    const catalogue = await knowledge.catalogue();
    const facts: PolicyFacts = {
      ...stated,
      ...exploitedFactsOf(catalogue, stated),
    };
    const { policies, trustRoots, waivers } = policySet;
    const items = [{ facts, now }];
    const [{ decided, ...evaluated }] = await pool.evaluate({
      policies,
      trustRoots,
      waivers,
      items,
    });
    const evaluation = failure
      ? explainNoDigest(evaluated, { imageRef, ...failure })
      : evaluated;
    const image = { imageRef, reference, ...resolved, facts, evaluation };
    return checkReportOf(
      {
        images: [image],
        policySet,
        now,
        clock: 'system',
        tool: { name, version },
      },
      { evidence: [], unknownKeys: new Map() },
    );
  }

  /** Scans of where it runs, and what was handed in for the entity: it need not run yet (L9). */
  async #statedOf(
    { known, entity, reference }: Question,
    { digest, found }: { digest: Digest; found: ImageLook['facts'] },
  ): Promise<Pick<PolicyFacts, 'scans' | 'vex'>> {
    const scans = await known.scans(digest);
    if (!entity) {
      return { scans };
    }
    const { children = [], parents = [] } = found.origin?.detail ?? {};
    const uploads = await this.#options.knowledge.uploads(entity.ref, {
      repository: reference.repository,
      digests: [digest, ...children.map(each => each.digest), ...parents],
    });
    const { scans: handedIn, vex } = uploadsByKind(uploads);
    return {
      scans: [...scans, ...handedIn],
      ...(vex.length > 0 && { vex }),
    };
  }
}

function referenceOf(image: string): ImageReference {
  const parsed = parseImageReference(image);
  if (!parsed.ok) {
    throw new InputError(
      `Expected an image reference, got '${image}': ${parsed.reason}`,
    );
  }
  return parsed.reference;
}

function refOf(text: string | undefined): string | undefined {
  const ref = text === undefined ? undefined : fullEntityRef(text);
  if (text !== undefined && ref === undefined) {
    throw new InputError(
      `Expected an entity reference such as 'component:default/web', got '${text}'`,
    );
  }
  return ref;
}

function placeOf({ cluster, namespace }: CheckRequest) {
  if ((cluster === undefined) !== (namespace === undefined)) {
    throw new InputError("Expected 'cluster' and 'namespace' together");
  }
  return { cluster, namespace };
}

function notFound(ref: string): never {
  throw new NotFoundError(`There is no entity '${ref}'`);
}
