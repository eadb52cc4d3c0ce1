/**
 * Says that a repository was read with certain credentials: its subject's own
 * manifest was. Only beside one does "not found" mean absent (L5).
 *
 * Made by `RegistryClient.proveAccess`, valid for one run, never stored.
 *
 * @public
 */
export class AccessProof {
  readonly #repository: string;
  readonly #credentialId: string;

  private constructor(repository: string, credentialId: string) {
    this.#repository = repository;
    this.#credentialId = credentialId;
  }

  /** @internal */
  static create(options: {
    repository: string;
    credentialId: string;
  }): AccessProof {
    return new AccessProof(options.repository, options.credentialId);
  }

  /** Whether the proof is about this repository read with these credentials. */
  covers(repository: string, credentialId: string): boolean {
    return (
      this.#repository === repository && this.#credentialId === credentialId
    );
  }
}
