import { carries, Place } from './guardrail-requests';
import { ElastiCacheGuardrailRule, ElastiCacheOperation } from '../../src';

type Context = Record<string, string | string[]>;

/** A rule, requests that are about it, and what the rule means for each of them at each place. */
export interface RuleCase {
  readonly rule: ElastiCacheGuardrailRule;

  /** The requests, by what they have of the key. */
  readonly requests: Record<string, Context>;

  /** Whether the rule is meant to deny the request at the place. Worked out here, and not by the library. */
  readonly isDenied: (place: Place, request: string) => boolean;
}

/** What each operation creates: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html */
const CREATED: Record<string, string> = {
  CopyServerlessCacheSnapshot: 'serverlesscachesnapshot',
  CopySnapshot: 'snapshot',
  CreateCacheCluster: 'cluster',
  CreateCacheParameterGroup: 'parametergroup',
  CreateCacheSecurityGroup: 'securitygroup',
  CreateCacheSubnetGroup: 'subnetgroup',
  CreateGlobalReplicationGroup: 'globalreplicationgroup',
  CreateReplicationGroup: 'replicationgroup',
  CreateServerlessCache: 'serverlesscache',
  CreateServerlessCacheSnapshot: 'serverlesscachesnapshot',
  CreateSnapshot: 'snapshot',
  CreateUser: 'user',
  CreateUserGroup: 'usergroup',
  PurchaseReservedCacheNodesOffering: 'reserved-instance',
};

const isCreated = ({ operation, type }: Place) => type !== undefined && CREATED[operation] === type;

/** A rule about one key, whose requests are denied where AWS supplies it, by what they have of it. */
function keyCase(
  rule: ElastiCacheGuardrailRule, key: string, values: Record<string, string | undefined>, denied: string[],
  isDeniedWithout: (place: Place) => boolean = () => false, isMeant: (place: Place) => boolean = () => true,
): RuleCase {
  return {
    rule,
    requests: Object.fromEntries(Object.entries(values).map(([name, value]): [string, Context] => (
      [name, value === undefined ? {} : { [key]: value }]))),
    isDenied: (place, request) => carries(place, key) && isMeant(place)
      && (values[request] === undefined ? isDeniedWithout(place) : denied.includes(request)),
  };
}

const only = (...operations: string[]) => ({ operation }: Place) => operations.includes(operation);
const ON_CREATION = only('CreateReplicationGroup', 'CreateUser');
const DECREASES = only('DecreaseReplicaCount', 'DecreaseNodeGroupsInGlobalReplicationGroup');
const R = ElastiCacheGuardrailRule;
const BOOL = { absent: undefined, allowed: 'true', forbidden: 'false' };
const limit = (limits: Parameters<typeof R.limitSize>[0], key: string) => keyCase(
  R.limitSize(limits), `elasticache:${key}`, { absent: undefined, allowed: '3', forbidden: '10' }, ['forbidden'],
  undefined, (place) => !DECREASES(place));

/** The rules, each with every kind of request that its row of the documentation is about. */
export const RULE_CASES: Record<string, RuleCase> = {
  'onlyNodeTypes of names': keyCase(
    R.onlyNodeTypes(['cache.t4g.micro', 'cache.M7G.large']), 'elasticache:CacheNodeType',
    {
      'absent': undefined,
      'allowed': 'cache.m7g.large',
      'forbidden': 'cache.r7g.large',
      'allowed in capitals': 'CACHE.T4G.MICRO',
      'forbidden in capitals': 'CACHE.R7G.LARGE',
    }, ['forbidden', 'forbidden in capitals']),
  'onlyNodeTypes of patterns': keyCase(
    R.onlyNodeTypes(['cache.t4g.*', 'cache.m7g.large']), 'elasticache:CacheNodeType',
    {
      'absent': undefined,
      'allowed': 'cache.t4g.small',
      'forbidden': 'cache.r7g.large',
      'pattern in capitals': 'cache.T4G.small',
      'name in capitals': 'cache.M7G.large',
    }, ['forbidden', 'pattern in capitals']),
  'onlyEngines': keyCase(
    R.onlyEngines(['valkey']), 'elasticache:EngineType',
    {
      'absent': undefined,
      'allowed': 'valkey',
      'forbidden': 'redis',
      'in capitals': 'Valkey',
      'forbidden in capitals': 'Redis',
    },
    ['forbidden', 'forbidden in capitals']),
  'onlyParameterGroups': keyCase(
    R.onlyParameterGroups(['default.*', 'tuned']), 'elasticache:CacheParameterGroupName',
    {
      'absent': undefined,
      'allowed': 'default.valkey8',
      'forbidden': 'own',
      'in capitals': 'Default.valkey8',
      'name in capitals': 'Tuned',
    }, ['forbidden', 'in capitals'],
    undefined, ({ type }) => type !== 'parametergroup'),
  'onlyKeys': keyCase(
    R.onlyKeys(['1234abcd-12ab-34cd-56ef-1234567890ab']), 'elasticache:KmsKeyId',
    {
      'absent': undefined,
      'allowed': '1234abcd-12ab-34cd-56ef-1234567890ab',
      'forbidden': '2234abcd-12ab-34cd-56ef-1234567890ab',
      'an ARN': 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    }, ['forbidden', 'an ARN']),
  'limitSize of shards': limit({ shards: 3 }, 'NumNodeGroups'),
  'limitSize of replicas': limit({ replicasPerShard: 3 }, 'ReplicasPerNodeGroup'),
  'limitSize of storage': limit({ dataStorageGb: 3 }, 'MaximumDataStorage'),
  'limitSize of reserved storage': limit({ dataStorageGb: 3 }, 'MinimumDataStorage'),
  'limitSize of ECPUs': limit({ ecpuPerSecond: 3 }, 'MaximumECPUPerSecond'),
  'limitSize of reserved ECPUs': limit({ ecpuPerSecond: 3 }, 'MinimumECPUPerSecond'),
  'limitSize of retention': limit({ snapshotRetentionDays: 3 }, 'SnapshotRetentionLimit'),
  'encryptedInTransit': keyCase(
    R.encryptedInTransit(), 'elasticache:TransitEncryptionEnabled', BOOL, ['forbidden'], ON_CREATION),
  'encryptedAtRest': keyCase(
    R.encryptedAtRest(), 'elasticache:AtRestEncryptionEnabled', BOOL, ['forbidden'], ON_CREATION),
  'onlyIamUsers': keyCase(
    R.onlyIamUsers(), 'elasticache:UserAuthenticationMode',
    {
      'absent': undefined,
      'allowed': 'iam',
      'forbidden': 'password',
      'in capitals': 'IAM',
      'none': 'no-password-required',
    },
    ['forbidden', 'none'], ON_CREATION),
  'requireTags': {
    rule: R.requireTags(['team', 'cost-center']),
    requests: {
      neither: { 'aws:RequestTag/y': 'a', 'aws:TagKeys': ['y'] },
      one: { 'aws:RequestTag/team': 'a', 'aws:TagKeys': ['team'] },
      other: { 'aws:RequestTag/cost-center': '', 'aws:TagKeys': ['cost-center'] },
      both: { 'aws:RequestTag/team': 'a', 'aws:RequestTag/cost-center': 'b', 'aws:TagKeys': ['team', 'cost-center'] },
    },
    isDenied: (place, request) => isCreated(place) && request !== 'both',
  },
  'requireTagValues': {
    rule: R.requireTagValues('environment', ['prod', 'dev-*']),
    requests: {
      'absent': {},
      'value': { 'aws:RequestTag/environment': 'prod', 'aws:TagKeys': ['environment'] },
      'pattern': { 'aws:RequestTag/environment': 'dev-1', 'aws:TagKeys': ['environment'] },
      'forbidden': { 'aws:RequestTag/environment': 'test', 'aws:TagKeys': ['environment'] },
      'value in capitals': { 'aws:RequestTag/environment': 'Prod', 'aws:TagKeys': ['environment'] },
    },
    isDenied: (place, request) => isCreated(place) && !['value', 'pattern'].includes(request),
  },
  'keepTags': {
    rule: R.keepTags(['owner']),
    requests: {
      'neither has it': {},
      'set first': { 'aws:RequestTag/owner': 'a', 'aws:TagKeys': ['owner'] },
      'set again': { 'aws:RequestTag/owner': 'a', 'aws:TagKeys': ['owner'], 'aws:ResourceTag/owner': 'a' },
      'changed': { 'aws:RequestTag/owner': 'b', 'aws:TagKeys': ['x', 'owner'], 'aws:ResourceTag/owner': 'a' },
      'changed in capitals': { 'aws:RequestTag/OWNER': 'A', 'aws:TagKeys': ['OWNER'], 'aws:ResourceTag/owner': 'a' },
      'another': { 'aws:RequestTag/x': 'b', 'aws:TagKeys': ['x'], 'aws:ResourceTag/owner': 'a' },
    },
    isDenied: ({ operation }, request) => (
      (operation === 'AddTagsToResource' && request.startsWith('changed'))
      // A removal names the tag, whatever value a request to add would have.
      || (operation === 'RemoveTagsFromResource' && (request.startsWith('changed') || request === 'set again'))),
  },
  'onlyRegions': {
    rule: R.onlyRegions(['eu-west-1', 'us-gov-*']),
    requests: Object.fromEntries([
      'eu-west-1', 'us-gov-west-1', 'us-east-1', 'EU-WEST-1', 'US-GOV-WEST-1',
    ].map((region) => [region, { 'aws:RequestedRegion': region }])),
    isDenied: ({ operation }, request) => operation !== 'Connect' && !['eu-west-1', 'us-gov-west-1'].includes(request),
  },
  'denyOperations': {
    rule: R.denyOperations([ElastiCacheOperation.PURCHASE_RESERVED_CACHE_NODES_OFFERING, ElastiCacheOperation.CONNECT]),
    requests: { any: {} },
    isDenied: only('PurchaseReservedCacheNodesOffering', 'Connect'),
  },
  'denyMatching': {
    rule: R.denyMatching('elasticache:*failover*'),
    requests: { any: {} },
    isDenied: only('TestFailover', 'FailoverGlobalReplicationGroup'),
  },
  'protectTagged': {
    rule: R.protectTagged('stage', ['prod', 'live-*']),
    requests: {
      'absent': {},
      'protected': { 'aws:ResourceTag/stage': 'prod' },
      'by pattern': { 'aws:ResourceTag/stage': 'live-1' },
      'free': { 'aws:ResourceTag/stage': 'dev' },
      'in capitals': { 'aws:ResourceTag/stage': 'Prod' },
    },
    isDenied: (place, request) => place.operation.startsWith('Delete') && carries(place, 'aws:ResourceTag/stage')
      && ['protected', 'by pattern'].includes(request),
  },
  'protectTagged with operations': {
    rule: R.protectTagged('stage', ['prod'], [
      ElastiCacheOperation.MODIFY_REPLICATION_GROUP, ElastiCacheOperation.CREATE_SERVERLESS_CACHE,
      ElastiCacheOperation.CONNECT,
    ]),
    requests: { absent: {}, protected: { 'aws:ResourceTag/stage': 'prod' }, free: { 'aws:ResourceTag/stage': 'dev' } },
    isDenied: (place, request) => request === 'protected' && carries(place, 'aws:ResourceTag/stage')
      && only('ModifyReplicationGroup', 'CreateServerlessCache', 'Connect')(place),
  },
  'noExports': {
    rule: R.noExports(),
    requests: { any: {} },
    isDenied: only('CopySnapshot', 'ExportServerlessCacheSnapshot'),
  },
};
