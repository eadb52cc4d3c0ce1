/** The configuration this package reads. */
export interface Config {
  app?: {
    /**
     * Further ways in beside the guest, each by a provider of the backend that asks nothing. For development: the
     * sandbox has one, so that somebody else can approve what the guest asks for. None by default.
     * @deepVisibility frontend
     */
    furtherSignIns?: Array<{
      /** Id of the provider in the backend. */
      provider: string;
      /** What stands on the button. */
      title: string;
    }>;
  };
}
