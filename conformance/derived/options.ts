/** What a derived server can be told. */

/** Records by the names of their resources, as `ringtrue list --resources` prints them. */
export type SeedRecords = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

export interface DerivedServerOptions {
  /** The only credentials that are taken; without any, every credential is. */
  tokens?: readonly string[];
  /** A token for each role that the document's security names. */
  roleTokens?: Readonly<Record<string, string>>;
  /** Records that are kept; one more is answered with 507. */
  maxRecords?: number;
  /** Let any web page call it. */
  cors?: boolean;
  /** Start with the examples of the document (true), or with records by the names of their resources. */
  seedData?: boolean | SeedRecords;
  /** Ids of faults to put in: `ringtrue serve ./mine.yaml --fault list` prints them. */
  faults?: readonly string[];
  /** The clock. */
  now?: () => Date;
}
