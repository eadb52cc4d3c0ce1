import { z } from 'zod';

const MEBIBYTE = 1024 * 1024;

const port = z.number().int().min(0).max(65_535);
const file = z.string().min(1);
const host = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/, 'expected a host, lower case');
const count = (least: number, most: number) =>
  z.number().int().min(least).max(most);

const listen = (defaultPort: number) =>
  z
    .object({
      address: z.string().min(1).default('0.0.0.0'),
      port: port.default(defaultPort),
    })
    .strict()
    .prefault({});

const registries = z
  .object({
    /** A Docker configuration with credentials. */
    dockerConfig: file.optional(),
    /** The only hosts that may be asked. Absent: any public one. */
    only: z.array(host).optional(),
    /** Exceptions, for each host. */
    hosts: z
      .array(
        z
          .object({
            host,
            insecure: z.boolean().default(false),
            allowPrivateAddress: z.boolean().default(false),
            certificateAuthorityFile: file.optional(),
          })
          .strict(),
      )
      .default([]),
  })
  .strict()
  .prefault({});

const feed = z
  .object({
    url: z.url(),
    /** PEM of the portal's public key (Ed25519). */
    publicKeyFile: file,
    /** A token the portal accepts. */
    tokenFile: file.optional(),
    /** PEM of the authority of the portal's certificate; absent: the public ones. */
    certificateAuthorityFile: file.optional(),
    intervalSeconds: count(5, 3600).default(30),
  })
  .strict();

const deadlines = z
  .object({
    /** Time an admission waits for registries. */
    verificationMs: count(100, 29_000).default(2_500),
    /** Time until an admission is answered; less than `timeoutSeconds` of the webhook. */
    totalMs: count(200, 29_500).default(4_500),
    /** Time a look may take; it goes on when nobody waits any more. */
    lookMs: count(1_000, 300_000).default(30_000),
  })
  .strict()
  .prefault({})
  .refine(
    ({ verificationMs, totalMs }) => verificationMs < totalMs,
    'expected verificationMs below totalMs',
  );

const limits = z
  .object({
    bodyBytes: count(1024, 16 * MEBIBYTE).default(3 * MEBIBYTE),
    /** Requests under way. */
    requests: count(1, 10_000).default(256),
    /** Looks at images under way, and waiting. */
    looks: count(1, 256).default(16),
    waitingLooks: count(0, 100_000).default(500),
    /** Images kept in memory, and evaluations. */
    images: count(1, 1_000_000).default(20_000),
    /** Threads that evaluate policies. */
    evaluationThreads: count(1, 16).default(1),
  })
  .strict()
  .prefault({});

/** The configuration of the webhook. Closed: a key that is not known is refused. */
export const admissionConfigSchema = z
  .object({
    apiVersion: z.literal('supply-chain/v1'),
    kind: z.literal('AdmissionConfiguration'),
    /** Name of the cluster, as policies and the portal name it. */
    cluster: z.string().min(1).max(253),
    /** `os/architecture` of its nodes; absent: every platform an image has needs a scan. */
    platforms: z
      .array(z.string().regex(/^[\w.-]+\/[\w.-]+$/))
      .min(1)
      .optional(),
    listen: listen(8443),
    health: listen(8080),
    tls: z
      .object({ certFile: file, keyFile: file, clientCaFile: file.optional() })
      .strict(),
    policies: z.array(file).min(1),
    /** Whether there is an endpoint that rewrites references (L23). */
    mutate: z.boolean().default(false),
    stateDirectory: file.optional(),
    registries,
    feed: feed.optional(),
    deadlines,
    limits,
    /** How long what was verified is not looked for again. */
    rememberSeconds: count(0, 86_400).default(600),
    /** How often files are compared. */
    reloadSeconds: count(1, 3600).default(10),
  })
  .strict();

/** What the configuration says, defaults filled in; paths are absolute. */
export type AdmissionConfig = z.infer<typeof admissionConfigSchema>;
