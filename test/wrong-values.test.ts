import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { newRole, newStack, runs } from './harness';
import {
  CacheClusterGrants, ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheGuardrail, ElastiCacheGuardrailRule,
  ElastiCacheOperation, ElastiCacheResource, ReplicationGroupGrants, ServerlessCacheGrants, SnapshotBucketGrants,
  SnapshotSource,
} from '../src';

/** Every public method is called with values that plain JavaScript, or a language with null, may pass. */
const stack = newStack();
const bucket = new s3.Bucket(stack, 'Bucket');
const { CREATE_REPLICATION_GROUP } = ElastiCacheOperation;

let grants = 0;
const newGrant = (props: unknown) => (
  new ElastiCacheAccessGrant(stack, `Grant${grants++}`, props as any));
const withProps = (props: object) => newGrant({ operations: [CREATE_REPLICATION_GROUP], ...props });
const operation = (call: (value: any) => unknown) => (value: unknown) => { call(value); };
const source = (make: (value: any) => SnapshotSource) => (value: unknown) => {
  withProps({ snapshots: [make(value)] });
};
const resource = (make: (value: any) => ElastiCacheResource) => (value: unknown) => {
  withProps({ resources: [make(value)] });
};
const condition = (make: (value: any) => ElastiCacheCondition) => (value: unknown) => {
  withProps({ conditions: [make(value)] });
};

let guardrails = 0;
const newGuardrail = (props: unknown) => new ElastiCacheGuardrail(stack, `Guardrail${guardrails++}`, props as any);
const rule = (make: (value: any) => ElastiCacheGuardrailRule) => (value: unknown) => {
  newGuardrail({ rules: [make(value)] });
};
const { DELETE_USER } = ElastiCacheOperation;

/** What nothing accepts. A cycle and a bigint have no JSON, and a class without a prototype has no text. */
const CYCLE: Record<string, unknown> = {};
CYCLE.itself = CYCLE;
const NOTHING: unknown[] = [
  null, 5, Number.NaN, -1, 10n, Symbol('x'), {}, CYCLE, Object.create(null), new Date(0), () => 'x', bucket,
  CREATE_REPLICATION_GROUP,
  { toJSON() { throw new TypeError('no JSON'); } }, { operationName: 'X', action: 's3:*' },
];
const NOT_TEXT = [undefined, true, [], ['x'], ...NOTHING];
const NOT_LIST = [undefined, true, 'text', { length: 1 }, ...NOTHING];
const NOT_TEXTS = [
  // eslint-disable-next-line no-sparse-arrays
  ...NOT_LIST, [undefined], [null], [5], [['x']], [{}], ['x', undefined], [CYCLE], ['x', , 'y'],
];
const NOT_OBJECTS_OF = [
  ...NOT_LIST, [undefined], [null], ['text'], [{}], [5], [CYCLE], [[]], [{ operationName: 'X', action: 's3:*' }],
];
/** A list may be left out, and so may options. */
const set = (values: unknown[]) => values.filter((value) => value !== undefined);
const NOT_A_CONSTRUCT = [undefined, 'text', true, [], ...NOTHING.filter((value) => value !== bucket)];
const NOT_OPTIONS = [null, 'text', 5, true, [], Symbol('x')];

type Row = [call: (value: any) => unknown, wrong: unknown[]];
const named = (name: keyof typeof ElastiCacheResource): [string, Row[]] => [name, [
  [resource((value) => (ElastiCacheResource[name] as any)(value)), NOT_TEXT],
  [resource((value) => (ElastiCacheResource[name] as any)('x', value)), NOT_OPTIONS],
  [resource((value) => (ElastiCacheResource[name] as any)('x', { region: value })), set(NOT_TEXT)],
  [resource((value) => (ElastiCacheResource[name] as any)('x', { account: value })), set(NOT_TEXT)],
]];
const fromConstruct = (name: keyof typeof ElastiCacheResource): [string, Row[]] => [name, [
  [resource((value) => (ElastiCacheResource[name] as any)(value)), [...NOT_A_CONSTRUCT, bucket]],
]];
const STATICS: Record<string, Record<string, Row[]>> = {
  ElastiCacheOperation: {
    of: [[operation((value) => ElastiCacheOperation.of(value)), NOT_TEXT]],
    custom: [[operation((value) => ElastiCacheOperation.custom(value)), NOT_TEXT]],
    matching: [[operation((value) => ElastiCacheOperation.matching(value)), NOT_TEXT]],
    readOnly: [],
    all: [],
    without: [
      [operation((value) => ElastiCacheOperation.without(value, [])), NOT_OBJECTS_OF],
      [operation((value) => ElastiCacheOperation.without([], value)), NOT_OBJECTS_OF],
      [operation((value) => ElastiCacheOperation.without([value], [])), [undefined, null, 'text', 5, {}, [], CYCLE]],
    ],
    forResourceTypes: [
      [operation((value) => ElastiCacheOperation.forResourceTypes(value)), [...NOT_OBJECTS_OF, []]],
      [operation((value) => ElastiCacheOperation.forResourceTypes([value])), [...NOT_TEXT, 'x', 'constructor', '']],
    ],
    reference: [],
  },
  SnapshotSource: {
    fromBucket: [
      [source((value) => SnapshotSource.fromBucket(value, ['a'])), NOT_A_CONSTRUCT],
      [source((value) => SnapshotSource.fromBucket(bucket, value)), NOT_TEXTS],
    ],
    fromBucketName: [
      [source((value) => SnapshotSource.fromBucketName(value, ['a'])), NOT_TEXT],
      [source((value) => SnapshotSource.fromBucketName('snapshots', value)), NOT_TEXTS],
    ],
    fromObjectArns: [[source((value) => SnapshotSource.fromObjectArns(value)), NOT_TEXTS]],
    fromPrefix: [
      [source((value) => SnapshotSource.fromPrefix(value, 'a')), NOT_A_CONSTRUCT],
      [source((value) => SnapshotSource.fromPrefix(bucket, value)), NOT_TEXT],
    ],
  },
  SnapshotBucketGrants: {
    fromBucket: [
      [(value) => SnapshotBucketGrants.fromBucket(value), NOT_A_CONSTRUCT],
      [(value) => SnapshotBucketGrants.fromBucket(value), [{ bucketRef: { bucketArn: 'arn:aws:s3:::exports' } }]],
      [(value) => SnapshotBucketGrants.fromBucket(bucket, value), NOT_OPTIONS],
      [(value) => SnapshotBucketGrants.fromBucket(bucket, { region: value }), set(NOT_TEXT)],
      [(value) => SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: value }), set(NOT_TEXT)],
    ],
  },
  ReplicationGroupGrants: {
    fromReplicationGroup: [
      [(value) => ReplicationGroupGrants.fromReplicationGroup(value), [...NOT_A_CONSTRUCT, bucket]],
    ],
  },
  ServerlessCacheGrants: {
    fromServerlessCache: [[(value) => ServerlessCacheGrants.fromServerlessCache(value), [...NOT_A_CONSTRUCT, bucket]]],
  },
  CacheClusterGrants: {
    fromCacheCluster: [[(value) => CacheClusterGrants.fromCacheCluster(value), [...NOT_A_CONSTRUCT, bucket]]],
  },
  ElastiCacheResource: {
    ...Object.fromEntries(([
      'cacheCluster', 'globalReplicationGroup', 'parameterGroup', 'replicationGroup', 'reservedCacheNode',
      'securityGroup', 'serverlessCache', 'serverlessCacheSnapshot', 'snapshot', 'subnetGroup', 'user', 'userGroup',
    ] as const).map(named)),
    ...Object.fromEntries(([
      'fromCacheCluster', 'fromGlobalReplicationGroup', 'fromParameterGroup', 'fromReplicationGroup',
      'fromSecurityGroup', 'fromServerlessCache', 'fromSubnetGroup', 'fromUser', 'fromUserGroup',
    ] as const).map(fromConstruct)),
    fromArn: [[resource((value) => ElastiCacheResource.fromArn(value)), NOT_TEXT]],
  },
  ElastiCacheCondition: {
    of: [
      [condition((value) => ElastiCacheCondition.of(value, 'aws:RequestedRegion', ['a'])), NOT_TEXT],
      [condition((value) => ElastiCacheCondition.of('StringEquals', value, ['a'])), NOT_TEXT],
      [condition((value) => ElastiCacheCondition.of('StringEquals', 'aws:RequestedRegion', value)), NOT_TEXTS],
    ],
    cacheNodeTypes: [[condition((value) => ElastiCacheCondition.cacheNodeTypes(value)), NOT_TEXTS]],
    encryptedAtRest: [],
    encryptedInTransit: [],
    requestTag: [
      [condition((value) => ElastiCacheCondition.requestTag(value, ['a'])), NOT_TEXT],
      [condition((value) => ElastiCacheCondition.requestTag('team', value)), NOT_TEXTS],
    ],
    resourceTag: [
      [condition((value) => ElastiCacheCondition.resourceTag(value, ['a'])), NOT_TEXT],
      [condition((value) => ElastiCacheCondition.resourceTag('team', value)), NOT_TEXTS],
    ],
    requestedRegions: [[condition((value) => ElastiCacheCondition.requestedRegions(value)), NOT_TEXTS]],
  },
  ElastiCacheGuardrailRule: {
    ...Object.fromEntries(([
      'onlyNodeTypes', 'onlyEngines', 'onlyParameterGroups', 'onlyKeys', 'onlyRegions', 'requireTags', 'keepTags',
    ] as const).map((name): [string, Row[]] => (
      [name, [[rule((value) => ElastiCacheGuardrailRule[name](value)), [...NOT_TEXTS, []]]]]))),
    ...Object.fromEntries(['encryptedInTransit', 'encryptedAtRest', 'onlyIamUsers', 'noExports'].map((name) => (
      [name, []]))),
    limitSize: [
      [rule((value) => ElastiCacheGuardrailRule.limitSize(value)), [undefined, ...NOT_OPTIONS, {}, new Date(0)]],
      ...(['shards', 'replicasPerShard', 'dataStorageGb', 'ecpuPerSecond', 'snapshotRetentionDays'] as const)
        .map((name): Row => [
          rule((value) => ElastiCacheGuardrailRule.limitSize({ [name]: value })),
          ['5', true, [5], 0.5, Infinity, ...NOTHING.filter((value) => value !== 5)],
        ]),
    ],
    requireTagValues: [
      [rule((value) => ElastiCacheGuardrailRule.requireTagValues(value, ['a'])), NOT_TEXT],
      [rule((value) => ElastiCacheGuardrailRule.requireTagValues('team', value)), [...NOT_TEXTS, []]],
    ],
    denyOperations: [
      [rule((value) => ElastiCacheGuardrailRule.denyOperations(value)), [...NOT_OBJECTS_OF, []]],
      [rule((value) => ElastiCacheGuardrailRule.denyOperations([DELETE_USER], value)), set([...NOT_OBJECTS_OF, []])],
    ],
    denyMatching: [
      [rule((value) => ElastiCacheGuardrailRule.denyMatching(value)), NOT_TEXT],
      [rule((value) => ElastiCacheGuardrailRule.denyMatching('*User', value)), set([...NOT_OBJECTS_OF, []])],
    ],
    protectTagged: [
      [rule((value) => ElastiCacheGuardrailRule.protectTagged(value, ['a'])), NOT_TEXT],
      [rule((value) => ElastiCacheGuardrailRule.protectTagged('team', value)), [...NOT_TEXTS, []]],
      [rule((value) => ElastiCacheGuardrailRule.protectTagged('team', ['a'], value)), set([...NOT_OBJECTS_OF, []])],
    ],
  },
};
const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'cache' });
const user = new elasticache.CfnUser(stack, 'User', { engine: 'valkey', userId: 'app', userName: 'app' });
const role = newRole(stack);
const cacheGrants = ReplicationGroupGrants.fromReplicationGroup(cache);
const NOT_A_GRANTEE = [...NOT_TEXT, 'x', { grantPrincipal: null }, { grantPrincipal: {} }];
const guardrail = () => newGuardrail({ rules: [ElastiCacheGuardrailRule.noExports()] });
const usable = () => newGrant({ operations: [CREATE_REPLICATION_GROUP] });
const METHODS: Record<string, Row[]> = {
  'SnapshotBucketGrants.importSnapshots': [
    [(value) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(value), NOT_TEXTS],
  ],
  'SnapshotBucketGrants.importSource': [
    [
      (value) => SnapshotBucketGrants.fromBucket(bucket).importSource(value),
      [undefined, 'text', true, [], ['text'], { snapshotArns: ['arn:aws:s3:::b/a'] }, ...NOTHING],
    ],
  ],
  'SnapshotBucketGrants.importSnapshotsUnder': [
    [(value) => SnapshotBucketGrants.fromBucket(bucket).importSnapshotsUnder(value), NOT_TEXT],
  ],
  'SnapshotBucketGrants.exportSnapshots': [
    [(value) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots(value), set(NOT_TEXT)],
  ],
  'ReplicationGroupGrants.connect': [
    [(value) => cacheGrants.connect(role, value), [...NOT_A_CONSTRUCT, bucket, role]],
    [(value) => cacheGrants.connect(value, user), NOT_A_GRANTEE],
  ],
  'ReplicationGroupGrants.connectAs': [
    [(value) => cacheGrants.connectAs(role, value), NOT_TEXT],
    [(value) => cacheGrants.connectAs(value, 'app'), NOT_A_GRANTEE],
  ],
  'ReplicationGroupGrants.read': [[(value) => cacheGrants.read(value), NOT_A_GRANTEE]],
  'ReplicationGroupGrants.operate': [[(value) => cacheGrants.operate(value), NOT_A_GRANTEE]],
  'ReplicationGroupGrants.snapshot': [
    [(value) => cacheGrants.snapshot(value), NOT_A_GRANTEE],
    [(value) => cacheGrants.snapshot(role, value), set(NOT_TEXT)],
  ],
  'ReplicationGroupGrants.operations': [
    [(value) => cacheGrants.operations(value, [ElastiCacheOperation.TEST_FAILOVER]), NOT_A_GRANTEE],
    [(value) => cacheGrants.operations(role, value), [...NOT_OBJECTS_OF, []]],
    [(value) => cacheGrants.operations(role, [CREATE_REPLICATION_GROUP], value), set(NOT_OBJECTS_OF)],
  ],
  'new ElastiCacheAccessGrant': [[newGrant, [undefined, 'text', true, [], ...NOTHING]]],
  'ElastiCacheAccessGrantProps.operations': [
    [(value) => withProps({ operations: value }), [...NOT_OBJECTS_OF, []]],
  ],
  'ElastiCacheAccessGrantProps.snapshots': [[(value) => withProps({ snapshots: value }), set(NOT_OBJECTS_OF)]],
  'ElastiCacheAccessGrantProps.resources': [[(value) => withProps({ resources: value }), set(NOT_OBJECTS_OF)]],
  'ElastiCacheAccessGrantProps.conditions': [[(value) => withProps({ conditions: value }), set(NOT_OBJECTS_OF)]],
  'ElastiCacheAccessGrantProps.exportBuckets': [[(value) => withProps({ exportBuckets: value }), set(NOT_OBJECTS_OF)]],
  'ElastiCacheAccessGrantProps.exportPrefix': [
    [(value) => newGrant({
      operations: [ElastiCacheOperation.COPY_SNAPSHOT], exportBuckets: [bucket], exportPrefix: value,
    }), set(NOT_TEXT)],
  ],
  'ElastiCacheAccessGrantProps.logDeliveryStreams': [
    [(value) => withProps({ logDeliveryStreams: value }), set(NOT_OBJECTS_OF)],
  ],
  'ElastiCacheAccessGrantProps.encryptionKey': [
    [(value) => withProps({ encryptionKey: value }), set([...NOT_TEXT, 'x'])],
  ],
  ...Object.fromEntries([
    'tagOnCreate', 'finalSnapshot', 'logDelivery', 'serviceLinkedRole', 'vpcEndpoint',
  ].map((option) => (
    [`ElastiCacheAccessGrantProps.${option}`, [
      [(value: unknown) => withProps({ [option]: value }), ['true', 'false', 1, 0, [], ...NOTHING]],
    ] as Row[]]))),
  ...Object.fromEntries((['to', 'toRole', 'toUser', 'toGroup'] as const).map((method) => (
    [`ElastiCacheAccessGrant.${method}`, [
      [(value: any) => usable()[method](value), NOT_A_GRANTEE],
    ] as Row[]]))),
  'ElastiCacheAccessGrant.toPolicyDocument': [
    [(value) => usable().toPolicyDocument(value), ['x', -1, 0, Number.NaN, ...NOTHING.filter((value) => value !== 5)]],
  ],
};
Object.assign(METHODS, {
  'new ElastiCacheGuardrail': [[newGuardrail, [undefined, 'text', true, [], ...NOTHING]]],
  'ElastiCacheGuardrailProps.rules': [[(value) => newGuardrail({ rules: value }), [...NOT_OBJECTS_OF, []]]],
  'ElastiCacheGuardrailProps.exceptPrincipals': [
    [(value) => newGuardrail({ rules: [ElastiCacheGuardrailRule.noExports()], exceptPrincipals: value }), [
      ...set(NOT_TEXTS), [],
    ]],
  ],
  'ElastiCacheGuardrail.toPolicyDocument': [
    [(value) => guardrail().toPolicyDocument(value), ['x', -1, 0, Number.NaN, ...NOTHING]],
  ],
  'ElastiCacheGuardrail.toServiceControlPolicy': [
    [(value) => guardrail().toServiceControlPolicy(value), [...set(NOT_TEXTS), []]],
  ],
} satisfies Record<string, Row[]>);

const ROWS = [
  ...Object.entries(STATICS).flatMap(([name, statics]) => (
    Object.entries(statics).map(([member, rows]) => [`${name}.${member}`, rows] as const))),
  ...Object.entries(METHODS),
].flatMap(([name, rows]) => rows.map(([call, wrong], index) => [`${name}, row ${index + 1}`, call, wrong] as const));

const BEGINNING = new RegExp('^(Stack/(Grant\\d+|Guardrail\\d+|Bucket|Cache): '
  + '|(\\d+ problems:\n- )?'
  + '(ElastiCacheOperation|(SnapshotBucket|ReplicationGroup|ServerlessCache|CacheCluster)Grants)\\.\\w+: )');

/** The error begins with the construct's path or with the method, and is not one of JavaScript's own. */
function expectClear(call: (value: any) => unknown, value: unknown, mustThrow: boolean): void {
  let error: unknown;
  try {
    call(value);
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined) {
    expect({ value: String(typeof value), threw: false }).toEqual({ value: typeof value, threw: mustThrow });
    return;
  }
  expect(error).toBeInstanceOf(Error);
  const { message, constructor } = error as Error;
  expect(message).toMatch(BEGINNING);
  expect(constructor).toBe(Error);
  expect(message).not.toMatch(/Cannot (read|convert|destructure|mix)|is not a function|is not iterable|circular/i);
}

test.each(ROWS)('%s: a wrong value has a clear error', (_, call, wrong) => {
  wrong.forEach((value) => expectClear(call, value, true));
});

test.each(ROWS)('%s: any value is accepted or has a clear error', (_, call) => {
  fc.assert(fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
    expectClear(call, value, false);
  }), runs(25));
});

test('the tables have each public static', () => {
  const classes = {
    ElastiCacheOperation,
    SnapshotSource,
    SnapshotBucketGrants,
    ElastiCacheResource,
    ElastiCacheCondition,
    ReplicationGroupGrants,
    ServerlessCacheGrants,
    CacheClusterGrants,
    ElastiCacheGuardrailRule,
  };
  for (const [name, constructor] of Object.entries(classes)) {
    const statics = Object.entries(Object.getOwnPropertyDescriptors(constructor))
      .filter(([member, { value }]) => typeof value === 'function' && member !== 'prototype')
      .map(([member]) => member);
    // Private ones, which nobody is meant to call.
    const own = ['_located', '_named', '_referenced', 'define', 'tag', 'text'];
    expect([name, ...statics.filter((member) => !own.includes(member)).sort()])
      .toEqual([name, ...Object.keys(STATICS[name]).sort()]);
  }
});

test('a principal that only looks like one is refused before anything is added', () => {
  expect(() => usable().to({ grantPrincipal: { roleName: role.roleName } } as any))
    .toThrow(/^Stack\/Grant\d+: grantee is \{"grantPrincipal":\{"roleName":"\$\{.*\}"\}\}: pass a role, a user, /);
});
