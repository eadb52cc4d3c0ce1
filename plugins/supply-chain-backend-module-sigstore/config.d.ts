/**
 * The registries this package reads are configured once for the whole plugin: `supplyChain.registries`,
 * `supplyChain.registryAllowList` and `supplyChain.registryLimits`, declared in
 * `backstage-plugin-supply-chain-node`. Trust roots are policy documents.
 *
 * @public
 */
export interface Config {
  supplyChain?: {
    /**
     * Repositories that hold the signatures of other repositories' images: what `COSIGN_REPOSITORY` names when images
     * are signed. They are looked at beside the image's own repository, never instead of it. One that cannot be proven
     * readable by listing its tags makes an image without other signatures `unavailable`, never `unsigned`.
     *
     * @default none
     */
    signatureRepositories?: Array<{
      /**
       * Pattern of the images, as policies write it: `registry.acme.example/shop/**`.
       */
      images: string;
      /**
       * The repository that holds their signatures: `registry.acme.example/acme/signatures`.
       */
      repository: string;
      /**
       * What stands before the tags cosign computes from a digest.
       *
       * @default none
       */
      tagPrefix?: string;
    }>;
  };
}
