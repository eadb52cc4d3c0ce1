/**
 * Where a command writes.
 *
 * @public
 */
export interface TextSink {
  write(text: string): unknown;
  /** Whether a person looks at it; colours are for people only. */
  isTTY?: boolean;
}

/**
 * Everything a command takes from its process; tests bring their own.
 *
 * @public
 */
export interface CommandLineContext {
  /** Results, and nothing else. */
  stdout: TextSink;
  /** Notes, warnings and errors. */
  stderr: TextSink;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where `.docker/config.json` is. */
  homeDirectory: string;
  now(): Date;
  /** Ends when the process is asked to: for commands that would run for ever. */
  untilStopped(): Promise<void>;
}
