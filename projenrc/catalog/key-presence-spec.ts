interface Fact {
  readonly reason: string;
  readonly source: string;
}

interface KeyRow extends Fact {
  readonly key: string;
  readonly operations: string[];
}

/** `spec/condition-key-presence.json`: when a request has the key of a request parameter. */
export interface KeyPresenceSpec {
  /** The value that the key has where the request leaves the parameter out. */
  readonly defaults: (KeyRow & { readonly value: string })[];
  /** Operations that set the same thing, and don't carry the key. */
  readonly withoutKey: KeyRow[];
  /** Operations that carry the key, and only make what it counts smaller. */
  readonly decreasing: KeyRow[];
  /** All values that the key can have. */
  readonly values: (Fact & { readonly key: string; readonly values: string[] })[];
}
