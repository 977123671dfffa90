import { Fn } from 'aws-cdk-lib';
import { ElastiCacheAccessGrantProps, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { messageOf } from '../harness';
import { ErrorCase, grantError, grantOf, titled } from '../support/errors';

const {
  BATCH_APPLY_UPDATE_ACTION, CONNECT, CREATE_REPLICATION_GROUP, DESCRIBE_CACHE_CLUSTERS, TEST_FAILOVER,
} = ElastiCacheOperation;

function resources(): ErrorCase[] {
  const notOne = (arn: string, why: string) => `ElastiCacheResource.fromArn: "${arn}" is not the ARN of an ElastiCache `
    + `resource: ${why}; `
    + 'expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME';
  const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;
  const badName = (name: string) => `ElastiCacheResource.replicationGroup: name "${name}" is not valid: expected `
    + 'lower-case letters, digits, ".", "_", ":" and "-", with "*" and "?" as wildcards';
  const types = [
    'cluster',
    'globalreplicationgroup',
    'parametergroup',
    'replicationgroup',
    'reserved-instance',
    'securitygroup',
    'serverlesscache',
    'serverlesscachesnapshot',
    'snapshot',
    'subnetgroup',
    'user',
    'usergroup',
  ].map((type) => `"${type}"`).join(', ');
  const named: [ElastiCacheResource, string][] = [
    [ElastiCacheResource.replicationGroup(''), badName('')],
    [ElastiCacheResource.replicationGroup('a/b'), badName('a/b')],
    [ElastiCacheResource.replicationGroup('a b'), badName('a b')],
    [
      ElastiCacheResource.replicationGroup('Prod'),
      'ElastiCacheResource.replicationGroup: name "Prod" has capitals, and ElastiCache keeps names in lower case: pass '
      + '"prod"',
    ],
    [
      ElastiCacheResource.replicationGroup(arn('replicationgroup:a')),
      `ElastiCacheResource.replicationGroup: name "${arn('replicationgroup:a')}" is an ARN: pass the name alone, or `
      + 'use ElastiCacheResource.fromArn',
    ],
    [
      ElastiCacheResource.replicationGroup('a', { region: 'EU West' }),
      'ElastiCacheResource.replicationGroup: region "EU West" is not a Region: expected one such as "eu-west-1", or '
      + '"*" for any',
    ],
    [
      ElastiCacheResource.replicationGroup('a', { account: '123' }),
      'ElastiCacheResource.replicationGroup: account "123" is not an account ID: expected 12 digits, or "*" for any',
    ],
    [
      ElastiCacheResource.globalReplicationGroup('a', { region: 'eu-west-1' }),
      'ElastiCacheResource.globalReplicationGroup: region is "eu-west-1", but the ARN of a global datastore has no '
      + 'Region: drop region',
    ],
    [ElastiCacheResource.fromArn('my-group'), notOne('my-group', 'it is not an ARN')],
    [ElastiCacheResource.fromArn('*'), notOne('*', 'it is not an ARN')],
    [ElastiCacheResource.fromArn('arn:aws:s3:::bucket/key'), notOne('arn:aws:s3:::bucket/key', 'its service is "s3"')],
    [
      ElastiCacheResource.fromArn('arn:gcp:elasticache:a:b:c:d'),
      notOne('arn:gcp:elasticache:a:b:c:d', '"gcp" is not a partition'),
    ],
    [
      ElastiCacheResource.fromArn(arn('replicationgroup/a')),
      notOne(arn('replicationgroup/a'), 'type and name are separated by ":", never by "/"'),
    ],
    [ElastiCacheResource.fromArn(arn('replicationgroup')), notOne(arn('replicationgroup'), 'it has no name')],
    [
      ElastiCacheResource.fromArn(arn('cachecluster:a')),
      notOne(arn('cachecluster:a'), `"cachecluster" is not a resource type: expected ${types}`),
    ],
    [ElastiCacheResource.fromArn(arn('*')), notOne(arn('*'), `"*" is not a resource type: expected ${types}`)],
    [
      ElastiCacheResource.fromArn(arn('globalreplicationgroup:a')),
      notOne(arn('globalreplicationgroup:a'), 'the ARN of a global datastore has no Region'),
    ],
    [
      ElastiCacheResource.fromArn(Fn.ref('Group')),
      notOne('${Token}', 'its type is only known at deployment: use the static of its type, with the construct, such '
        + 'as ElastiCacheResource.fromReplicationGroup, or with its name, such as ElastiCacheResource.user'),
    ],
  ];
  const { replicationGroup, user, parameterGroup, subnetGroup } = ElastiCacheResource;
  const missing: [ElastiCacheAccessGrantProps, string[]][] = [
    [{ operations: [CREATE_REPLICATION_GROUP], resources: [replicationGroup('a')] },
      ["CREATE_REPLICATION_GROUP also needs a parameterGroup: add ElastiCacheResource.parameterGroup('default.*')"]],
    [{
      operations: [DESCRIBE_CACHE_CLUSTERS],
      resources: [
        ElastiCacheResource.fromArn('arn:aws:elasticache:eu-west-1:111122223333:cluster:a'),
        ElastiCacheResource.fromArn('arn:aws:elasticache:eu-west-1:111122223333:user:a'),
      ],
    },
    ['resources has the user "arn:aws:elasticache:eu-west-1:111122223333:user:a", but AWS authorizes no listed '
      + 'operation on that type: drop it, or add an operation that uses it, such as'
      + ' CREATE_USER']],
    [{ operations: [CONNECT], resources: [replicationGroup('a')] },
      ["CONNECT also needs a user: add ElastiCacheResource.user('…')"]],
    [{ operations: [CONNECT], resources: [user('a')] }, [
      "CONNECT also needs a replicationGroup or a serverlessCache: add ElastiCacheResource.replicationGroup('…') or "
      + "ElastiCacheResource.serverlessCache('…')",
    ]],
    [{ operations: [BATCH_APPLY_UPDATE_ACTION, CREATE_REPLICATION_GROUP], resources: [parameterGroup('a')] }, [
      'BATCH_APPLY_UPDATE_ACTION also needs a cacheCluster or a replicationGroup: add '
      + "ElastiCacheResource.cacheCluster('…') or ElastiCacheResource.replicationGroup('…')",
    ]],
    [{ operations: [ElastiCacheOperation.custom('ThawCluster'), TEST_FAILOVER], resources: [replicationGroup('a')] }, [
      "ThawCluster is a custom operation, whose resource types are not known, so resources can't limit it: use a "
      + 'separate grant for it, without resources',
    ]],
    [{ operations: [TEST_FAILOVER], resources: [] }, [
      'resources is empty, which would allow nothing: list at least one, or drop resources to allow all',
      "TEST_FAILOVER also needs a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
    ]],
    [{ operations: [CONNECT, CREATE_REPLICATION_GROUP], resources: [subnetGroup('a')] }, [
      "CONNECT also needs a user: add ElastiCacheResource.user('…')",
      "CONNECT also needs a replicationGroup or a serverlessCache: add ElastiCacheResource.replicationGroup('…') or "
        + "ElastiCacheResource.serverlessCache('…')",
      "CREATE_REPLICATION_GROUP also needs a parameterGroup: add ElastiCacheResource.parameterGroup('default.*')",
    ]],
  ];
  const others = [ElastiCacheResource.replicationGroup('a'), ElastiCacheResource.globalReplicationGroup('a')];
  const operations = [
    ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS, ElastiCacheOperation.FAILOVER_GLOBAL_REPLICATION_GROUP,
  ];
  return [
    ...named.map(([resource, message]): ErrorCase => (
      [() => grantOf({ operations, resources: [...others, resource] }), grantError(message)]
    )),
    ...missing.map(([props, problems]): ErrorCase => [() => grantOf(props), grantError(...problems)]),
  ];
}

test.each(titled(resources()))('invalid resources throw: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});
