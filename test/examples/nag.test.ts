import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { Aspects, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, INagLogger, NagSuppressions } from 'cdk-nag';
import * as ts from 'typescript';
import { CacheAccessStack } from '../../examples/typescript/cache-access-stack';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheOperation, ElastiCacheResource, SnapshotSource,
} from '../../src';
import { newApp, newRole, newStack } from '../harness';

/** Rules about the other resources of the example, and why it doesn't follow them. */
const NOT_OURS: Record<string, string> = {
  'AwsSolutions-AEC1': 'the cache is there to show what waits for a grant, and has no network of its own',
  'AwsSolutions-AEC4': 'one zone is enough for that',
  'AwsSolutions-AEC5': 'so is the default port',
  'AwsSolutions-AEC6': 'so is no password',
  'AwsSolutions-S1': 'where the access logs of a bucket go is for each account to say',
  'AwsSolutions-S10': 'what others may do with the bucket is for each account to say',
};

interface Reported {
  /** Each with the path of the resource. */
  readonly open: string[];
  readonly acknowledged: string[];

  /** The rules of findings that are not about policies. */
  readonly notOurs: Set<string>;
}

/** What the AwsSolutions pack reports of a stack. */
function report(stack: Stack): Reported & { readonly template: any } {
  const reported: Reported = { open: [], acknowledged: [], notOurs: new Set() };
  const nothing = () => {};
  const logger: INagLogger = {
    onNonCompliance: ({ resource, ruleId, findingId }) => {
      if (NOT_OURS[ruleId]) {
        reported.notOurs.add(ruleId);
      } else {
        reported.open.push(`${resource.node.path} ${ruleId} ${findingId}`);
      }
    },
    onSuppressed: ({ resource, ruleId, suppressionReason }) => {
      if (!NOT_OURS[ruleId]) {
        reported.acknowledged.push(`${resource.node.path} ${suppressionReason}`);
      }
    },
    onError: ({ ruleId, errorMessage }) => { throw new Error(`${ruleId}: ${errorMessage}`); },
    onSuppressedError: nothing,
    onCompliance: nothing,
    onNotApplicable: nothing,
  };
  Aspects.of(stack).add(new AwsSolutionsChecks({ additionalLoggers: [logger] }));
  return { ...reported, template: synthesized(stack) };
}

/** The template; nothing where CDK refuses it because of findings, as its newer versions do. */
function synthesized(stack: Stack): any {
  try {
    return Template.fromStack(stack).toJSON();
  } catch (error) {
    expect((error as Error).message).toContain('AwsSolutions-');
    return undefined;
  }
}

/** The findings of the policy that a grant gives to a role. */
function findings(propsIn: (stack: Stack) => ElastiCacheAccessGrantProps): string[] {
  const stack = newStack();
  new ElastiCacheAccessGrant(stack, 'Access', propsIn(stack)).toRole(newRole(stack));
  return report(stack).open.map((finding) => (
    finding.replace('Stack/Role/DefaultPolicy/Resource AwsSolutions-IAM5 ', '')
  ));
}

describe('examples/typescript', () => {
  const WILDCARDS: [role: string, appliesTo: string, reason: string][] = [
    ['RestoreRole', 'Resource::*', 'restores groups of any name, and sees all groups'],
    ['ExportRole', 'Resource::*', 'copies any snapshot, and ListAllMyBuckets is for all buckets'],
    ['ExportRole', 'Resource::<SnapshotsD03D071C.Arn>/*', 'the names of exports are only known once they are made'],
    [
      'AdminRole',
      'Resource::arn:<AWS::Partition>:elasticache:<AWS::Region>:<AWS::AccountId>:cluster:sessions-*',
      'operates all sessions caches',
    ],
    [
      'AdminRole',
      'Resource::arn:<AWS::Partition>:elasticache:<AWS::Region>:<AWS::AccountId>:replicationgroup:sessions-*',
      'operates all sessions caches',
    ],
    ['ReaderRole', 'Resource::*', 'sees all that there is, and changes nothing'],
    [
      'OperatorRole',
      'Resource::arn:<AWS::Partition>:elasticache:<AWS::Region>:<AWS::AccountId>:parametergroup:default.*',
      'the cache names no parameter group, so that AWS takes its own',
    ],
    [
      'BackupRole',
      'Resource::arn:<AWS::Partition>:elasticache:<AWS::Region>:<AWS::AccountId>:snapshot:<Sessions>-*',
      'the names of snapshots are only known once they are taken',
    ],
  ];

  /** A boundary allows all, and denies what its rules deny. */
  const BOUNDARY = 'CacheAccess/Baseline/PermissionsBoundary/Resource';
  const OF_BOUNDARY = ['Action::*', 'Resource::*'];

  test('has findings about policies only for the wildcards of its operations', () => {
    const { open, acknowledged, notOurs } = report(new CacheAccessStack(newApp(), 'CacheAccess'));
    const ofRoles = WILDCARDS.map(([role, appliesTo]) => `CacheAccess/${role}/DefaultPolicy/Resource `
      + `AwsSolutions-IAM5 ${appliesTo}`);
    const ofBoundary = OF_BOUNDARY.map((appliesTo) => `${BOUNDARY} AwsSolutions-IAM5 ${appliesTo}`);
    expect([...open].sort()).toEqual([...ofRoles, ...ofBoundary].sort());
    expect(acknowledged).toEqual([]);
    expect([...notOurs].sort()).toEqual(Object.keys(NOT_OURS));
  });

  test('has no finding once these are acknowledged on the policies', () => {
    const stack = new CacheAccessStack(newApp(), 'CacheAccess');
    for (const [role, appliesTo, reason] of WILDCARDS) {
      NagSuppressions.addResourceSuppressions(stack.node.findChild(role).node.findChild('DefaultPolicy'), [
        { id: 'AwsSolutions-IAM5', reason, appliesTo: [appliesTo] },
      ]);
    }
    NagSuppressions.addResourceSuppressions(stack.node.findChild('Baseline').node.findChild('PermissionsBoundary'), [
      { id: 'AwsSolutions-IAM5', reason: 'bounds what the role has, and gives nothing', appliesTo: OF_BOUNDARY },
    ]);
    NagSuppressions.addStackSuppressions(stack, Object.entries(NOT_OURS).map(([id, reason]) => ({ id, reason })));
    const { open, acknowledged, template } = report(stack);
    expect(open).toEqual([]);
    expect([...acknowledged].sort()).toEqual([
      ...WILDCARDS.map(([role, appliesTo, reason]) => `CacheAccess/${role}/DefaultPolicy/Resource [${appliesTo}] `
        + `${reason}`),
      ...OF_BOUNDARY.map((appliesTo) => `${BOUNDARY} [${appliesTo}] bounds what the role has, and gives nothing`),
    ].sort());
    const withMetadata = Object.values<any>(template.Resources).filter(({ Metadata }) => Metadata?.cdk_nag);
    expect(withMetadata.map(({ Type }) => Type).sort()).toEqual([
      'AWS::IAM::ManagedPolicy', ...[...new Set(WILDCARDS.map(([role]) => role))].map(() => 'AWS::IAM::Policy'),
    ]);
  });
});

test('an acknowledged wildcard does not hide another one', () => {
  const stack = newStack();
  const role = newRole(stack);
  new ElastiCacheAccessGrant(stack, 'Access', { operations: [ElastiCacheOperation.DESCRIBE_EVENTS] }).toRole(role);
  NagSuppressions.addResourceSuppressions(role.node.findChild('DefaultPolicy'), [
    { id: 'AwsSolutions-IAM5', reason: 'AWS authorizes DescribeEvents on no resource', appliesTo: ['Resource::*'] },
  ]);
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:Get*'], resources: ['arn:aws:s3:::a/*'] }));
  expect(report(stack).open).toEqual([
    'Stack/Role/DefaultPolicy/Resource AwsSolutions-IAM5 Action::s3:Get*',
    'Stack/Role/DefaultPolicy/Resource AwsSolutions-IAM5 Resource::arn:aws:s3:::a/*',
  ]);
});

describe('a grant', () => {
  test('that names its resources and objects has no finding', () => {
    expect(findings(() => ({
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
      resources: [
        ElastiCacheResource.replicationGroup('sessions'), ElastiCacheResource.parameterGroup('default.valkey8'),
      ],
      snapshots: [SnapshotSource.fromBucketName('my-snapshots', ['nightly/0001.rdb'])],
    }))).toEqual([]);
  });

  test('with wildcards in resources has one finding for each, and none for actions', () => {
    expect(findings((stack) => ({
      operations: [
        ElastiCacheOperation.CREATE_REPLICATION_GROUP,
        ElastiCacheOperation.DESCRIBE_EVENTS,
        ElastiCacheOperation.COPY_SNAPSHOT,
      ],
      resources: [
        ElastiCacheResource.replicationGroup('sessions-*', { region: 'eu-west-1', account: '111122223333' }),
        ElastiCacheResource.parameterGroup('default.valkey8'),
        ElastiCacheResource.snapshot('sessions'),
      ],
      snapshots: [
        SnapshotSource.fromPrefix(new s3.CfnBucket(stack, 'Weekly'), 'weekly/'),
        SnapshotSource.fromBucketName('my-snapshots', ['nightly/a*b.rdb']),
      ],
      exportBuckets: [s3.Bucket.fromBucketName(stack, 'Exports', 'my-exports')],
      serviceLinkedRole: true,
    }))).toEqual([
      'Resource::*',
      'Resource::arn:<AWS::Partition>:elasticache:eu-west-1:111122223333:replicationgroup:sessions-*',
      'Resource::arn:<AWS::Partition>:iam::*:role/aws-service-role/elasticache.amazonaws.com/'
        + 'AWSServiceRoleForElastiCache*',
      'Resource::arn:<AWS::Partition>:s3:::my-exports/*',
      'Resource::arn:<AWS::Partition>:s3:::my-snapshots/nightly/a<*>b.rdb',
      'Resource::<Weekly.Arn>/weekly/*',
    ]);
  });
});

test('the example of docs/cdk-nag.md has no finding', () => {
  const [, code] = /```ts nofixture\n(.*?)```/s.exec(readFileSync('docs/cdk-nag.md', 'utf8'))!;
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, typeof Stack> = {};
  new Function('require', 'exports', outputText)(createRequire(__filename), exported);
  const { open, acknowledged } = report(new exported.RestoreStack(newApp(), 'Docs'));
  expect(open).toEqual([]);
  const reasons = [
    '[Resource::*] Restores groups of any name, with any subnet group and parameter group',
    '[Resource::arn:<AWS::Partition>:s3:::my-snapshots/weekly/*] The names of weekly snapshots are only known once '
    + 'they are made',
  ];
  expect(acknowledged).toEqual(reasons.map((reason) => `Docs/Role/DefaultPolicy/Resource ${reason}`));
});
