import {
  AdmissionResponse,
  asReview,
  Endpoint,
  responseOf,
  unjudged,
  untouched,
} from './answer';
import { WorkloadJudge } from './judging';
import { AdmissionMetrics } from './metrics';
import { AdmissionRequest, questionOf, readReview } from './review';
import type { WebhookReply } from './server';

/** Left for the way back and for the API server's own work. */
const MARGIN_MS = 500;

/** Options of {@link ReviewAnswerer}. */
export type ReviewAnswererOptions = {
  judge: Pick<WorkloadJudge, 'judge'>;
  /** How long looking at registries, and answering as a whole, may take. */
  deadlines: { verificationMs: number; totalMs: number };
  metrics: Pick<AdmissionMetrics, 'reviews' | 'reviewSeconds'>;
  logger: { error(message: string): void };
};

/** Bytes of a review in, the answer out. Whatever goes wrong in between lets nothing through. */
export class ReviewAnswerer {
  readonly #options: ReviewAnswererOptions;

  static create(options: ReviewAnswererOptions): ReviewAnswerer {
    return new ReviewAnswerer(options);
  }

  private constructor(options: ReviewAnswererOptions) {
    this.#options = options;
  }

  async answer(
    body: Uint8Array,
    about: { endpoint: Endpoint; timeoutMs?: number },
  ): Promise<WebhookReply> {
    const startedAt = performance.now();
    const { reviews, reviewSeconds } = this.#options.metrics;
    const { endpoint } = about;
    const reading = readReview(body);
    if (!reading.ok) {
      const { uid, reason, message } = reading.problem;
      reviews.add({ endpoint, decision: 'deny', reason });
      return uid === undefined
        ? { type: 'error', status: 400, reason, message }
        : review(unjudged(uid, { reason, message }));
    }
    const response = await this.#respond(reading.request, about);
    const { allowed, auditAnnotations } = response;
    const decision = auditAnnotations?.decision ?? (allowed ? 'allow' : 'deny');
    reviews.add({ endpoint, decision });
    reviewSeconds.observe((performance.now() - startedAt) / 1000, { endpoint });
    return review(response);
  }

  async #respond(
    request: AdmissionRequest,
    about: { endpoint: Endpoint; timeoutMs?: number },
  ): Promise<AdmissionResponse> {
    const { uid, namespace } = request;
    const question = questionOf(request);
    if (question.type === 'nothing') {
      return untouched(uid);
    }
    if (question.type === 'unreadable') {
      return unjudged(uid, question);
    }
    const { containers, labels } = question;
    if (containers.length === 0) {
      return untouched(uid);
    }
    try {
      const judged = await this.#options.judge.judge({
        containers,
        labels,
        namespace,
        rewrite: about.endpoint === 'mutate',
        ...this.#timeLeft(about.timeoutMs),
      });
      return responseOf(uid, judged, about.endpoint);
    } catch (error) {
      const { stack, message } = error as Error;
      this.#options.logger.error(`internal error: ${stack ?? message}`);
      return unjudged(uid, {
        reason: 'ruleError',
        message: 'the webhook failed; its log says why',
      });
    }
  }

  /** The API server's own patience counts where it is shorter. */
  #timeLeft(timeoutMs = Infinity) {
    const { verificationMs, totalMs } = this.#options.deadlines;
    const total = Math.min(totalMs, Math.max(MARGIN_MS, timeoutMs - MARGIN_MS));
    return {
      totalMs: total,
      verificationMs: Math.min(verificationMs, total * 0.8),
    };
  }
}

function review(response: AdmissionResponse): WebhookReply {
  return { type: 'review', review: asReview(response) };
}
