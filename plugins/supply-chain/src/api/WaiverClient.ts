import { schema } from 'backstage-plugin-supply-chain-common';
import { readAnswer, withoutEmpty } from './readAnswer';
import {
  WaiverApi,
  WaiverDecision,
  WaiverPlace,
  WaiverQuery,
} from './WaiverApi';

/** {@link WaiverApi} over HTTP, with the client generated from the OpenAPI document. */
export class WaiverClient implements WaiverApi {
  readonly #client: schema.DefaultApiClient;

  constructor(client: schema.DefaultApiClient) {
    this.#client = client;
  }

  async getWaivers(query: WaiverQuery): Promise<schema.WaiverPage> {
    return readAnswer(
      await this.#client.getWaivers({ query: withoutEmpty(query) }),
    );
  }

  async previewWaiver(place: WaiverPlace): Promise<schema.WaiverPreview> {
    return readAnswer(
      await this.#client.previewWaiver({ query: withoutEmpty(place) }),
    );
  }

  async requestWaiver(
    request: schema.WaiverRequest,
  ): Promise<schema.WaiverReport> {
    return readAnswer(
      await this.#client.requestWaiver({ body: withoutEmpty(request) }),
    );
  }

  async decideWaiver(decision: WaiverDecision): Promise<schema.WaiverReport> {
    const { id, verb, comment } = decision;
    const request = { path: { id }, body: withoutEmpty({ comment }) };
    switch (verb) {
      case 'approve':
        return readAnswer(await this.#client.approveWaiver(request));
      case 'deny':
        return readAnswer(await this.#client.denyWaiver(request));
      case 'withdraw':
        return readAnswer(await this.#client.withdrawWaiver(request));
      case 'end':
        return readAnswer(await this.#client.endWaiver(request));
      default:
        throw new TypeError(`Unknown verb '${verb as string}'`);
    }
  }

  async getWaiverEvents(id: string): Promise<schema.WaiverEventList> {
    return readAnswer(await this.#client.getWaiverEvents({ path: { id } }));
  }
}
