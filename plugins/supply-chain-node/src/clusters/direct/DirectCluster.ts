/**
 * A secret or certificate: as it stands in the configuration, or in a file that is read again for every request, because
 * tokens that are bound to a pod, and certificates, are replaced while the backend runs.
 *
 * @public
 */
export type Material = { text: string } | { file: string };

/**
 * A cluster that is reached without the Kubernetes plugin: one entry of `supplyChain.clusters`.
 *
 * @public
 */
export type DirectCluster = {
  name: string;
  /** Base address of the API server, without a slash at the end. */
  url: string;
  /** PEM; trusted in place of the public authorities. */
  certificateAuthority?: Material;
  /** Bearer token of a service account. Without one requests are anonymous, or say by certificate who asks. */
  token?: Material;
  clientCertificate?: { certificate: Material; key: Material };
  /** The certificate of the server is not checked, which the sources page says as long as it is so. */
  skipTlsVerify: boolean;
};
