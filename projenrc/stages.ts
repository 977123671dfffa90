/** One part of the pipeline: a folder or a file of `src/private`, and the other parts that it may import. */
export interface Stage {
  readonly path: string;
  readonly mayImport: string[];
}

export const PRIVATE = 'src/private';

/**
 * The pipeline runs one way, so no stage imports a later one. A part that isn't listed may be imported by nobody.
 * `object-keys.ts` and `object-arns.ts` have entries of their own besides their folder's, and must satisfy both,
 * because `resolve` comes before the rest of `s3`.
 */
export const STAGES: Stage[] = [
  { path: 'util', mayImport: [] },
  { path: 'catalog', mayImport: ['util'] },
  { path: 'model.ts', mayImport: ['catalog'] },
  { path: 'record.ts', mayImport: ['util', 'model.ts'] },
  { path: 's3/object-keys.ts', mayImport: ['util'] },
  { path: 's3/object-arns.ts', mayImport: ['util', 'model.ts', 's3/object-keys.ts'] },
  { path: 'resolve', mayImport: ['catalog', 'util', 'model.ts', 's3/object-keys.ts', 's3/object-arns.ts'] },
  { path: 'policy', mayImport: ['util', 'model.ts', 'record.ts'] },
  { path: 'guardrail', mayImport: ['policy', 'resolve', 'catalog', 'util', 'model.ts'] },
  { path: 'attach', mayImport: ['policy', 'util', 'model.ts', 'record.ts'] },
  { path: 's3', mayImport: ['policy', 'util', 'model.ts'] },
  { path: 'review', mayImport: ['catalog', 'resolve', 'util', 'model.ts'] },
  { path: 'report', mayImport: ['catalog', 'resolve', 'util', 'model.ts', 'record.ts'] },
  { path: 'cache', mayImport: ['catalog', 'resolve', 'policy', 'attach', 'util'] },
  { path: 'deployment', mayImport: ['catalog', 'resolve', 'util', 'model.ts', 's3/object-arns.ts'] },
];

/** The public classes that run the pipeline. No stage may import them. */
export const CALLERS = [
  'src/cache-cluster-grants.ts', 'src/elasticache-access-grant.ts', 'src/elasticache-access-report.ts',
  'src/elasticache-deployment-grant.ts', 'src/elasticache-guardrail.ts', 'src/elasticache-policy-checks.ts',
  'src/elasticache-wildcard-acknowledgments.ts', 'src/replication-group-grants.ts', 'src/serverless-cache-grants.ts',
  'src/snapshot-bucket-grants.ts',
];

/** What the package exports. No file of `src` may import it, because it imports all of them. */
export const INDEX = 'src/index.ts';

interface Zone {
  readonly target: string;
  readonly from: string | string[];
  readonly except?: string[];
  readonly message: string;
}

/** The stages as ESLint's `import/no-restricted-paths` takes them. */
export function zones(): Zone[] {
  return [
    ...STAGES.map(({ path, mayImport }) => ({
      target: `./${PRIVATE}/${path}`,
      from: `./${PRIVATE}`,
      except: [path, ...mayImport].map((allowed) => `./${allowed}`),
      message: `Of ${PRIVATE}, ${path} may import ${['itself', ...mayImport].join(', ')} only: see projenrc/stages.ts.`,
    })),
    {
      target: `./${PRIVATE}`,
      from: CALLERS.map((file) => `./${file}`),
      message: 'A stage may not import what runs the pipeline.',
    },
    { target: './src', from: `./${INDEX}`, message: 'The index is for users: import the file itself.' },
  ];
}
