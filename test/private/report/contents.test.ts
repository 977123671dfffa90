import { Annotations, Aws, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessLevel, ElastiCacheReportedPermission } from '../../../src';
import { Permission } from '../../../src/private/model';
import { GivenPermissions, recordGuardrail, recordPermissions } from '../../../src/private/record';
import { contentsBelow, powerOf } from '../../../src/private/report/contents';
import { addWarning } from '../../../src/private/util/warnings';
import { newApp } from '../../harness';

const ARN = 'arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}';
const { LIST, READ, WRITE, TAGGING, PERMISSIONS_MANAGEMENT } = AccessLevel;

test.each<[AccessLevel | undefined, string, string]>([
  [PERMISSIONS_MANAGEMENT, '*', 'Permissions management'],
  [PERMISSIONS_MANAGEMENT, `${ARN}:user:app`, 'Permissions management'],
  [WRITE, '*', 'Writes on every resource'],
  [WRITE, `${ARN}:user:*`, 'Writes on every resource'],
  [WRITE, 'arn:aws:elasticache:*:*:user:*', 'Writes on every resource'],
  [WRITE, 'arn:aws:s3:::exports/*', 'Writes on every resource'],
  [WRITE, '${Stack/Bucket.Arn}/*', 'Writes on every resource'],
  [WRITE, '${Stack/Name:a}/*', 'Writes on every resource'],
  [WRITE, `${ARN}:user:app-*`, 'Other writes'],
  [WRITE, `${ARN}:user:app:*`, 'Other writes'],
  [WRITE, `${ARN}:user:*-app`, 'Other writes'],
  [WRITE, `${ARN}:user:app`, 'Other writes'],
  [WRITE, 'arn:aws:s3:::exports/out/*', 'Other writes'],
  [WRITE, 'arn:aws:s3:::exports/*/out', 'Other writes'],
  [WRITE, '${Stack/Bucket.Arn}/out/*', 'Other writes'],
  [WRITE, '${Stack/*}', 'Other writes'],
  [WRITE, '${Stack/Name}*', 'Other writes'],
  [TAGGING, `${ARN}:user:app`, 'Other writes'],
  [undefined, '*', 'Writes on every resource'],
  [undefined, `${ARN}:user:app`, 'Other writes'],
  [LIST, '*', 'Reads on every resource'],
  [READ, `${ARN}:user:*`, 'Reads on every resource'],
  [READ, `${ARN}:user:app`, 'Other reads'],
])('of the access level %s on %s, the power is: %s', (accessLevel, resource, expected) => {
  expect(powerOf({ accessLevel, resource } as ElastiCacheReportedPermission)).toBe(expected);
});

const permission = (rest: Partial<Permission> = {}): Permission => ({
  operation: 'ModifyUser',
  action: 'elasticache:ModifyUser',
  resource: 'arn:x',
  reason: 'why',
  source: 'where',
  ...rest,
});
const reported = (rest: Partial<ElastiCacheReportedPermission> = {}): ElastiCacheReportedPermission => (
  { principal: 'Stack/Role', grant: 'Stack/Grant', accessLevel: WRITE, ...permission(), ...rest } as any);

/** A stack with a grant and a role, and a way to record what the grant gave. */
function recorded() {
  const stack = new Stack(newApp(), 'Stack');
  const [grant, role] = ['Grant', 'Role'].map((id) => new Construct(stack, id));
  const give = (permissions: Permission[], rest: Partial<GivenPermissions> = {}) => (
    recordPermissions({ grant, recipient: role, permissions, isDelivered: true, ...rest }));
  return { stack, grant, role, give };
}

describe('the contents of a report', () => {
  test('are none where nothing is granted', () => {
    expect(contentsBelow(recorded().stack))
      .toEqual({ summary: [], permissions: [], notDelivered: [], acknowledgedWarnings: [] });
  });

  test('have each permission once, with its values as a person would write them', () => {
    const { stack, give } = recorded();
    const bucket = new s3.Bucket(stack, 'Bucket');
    const one = permission({
      action: 's3:GetObject',
      resource: bucket.arnForObjects('a'),
      reason: `in ${Aws.REGION}`,
      conditions: { StringLike: { b: 'y', a: ['x', Aws.REGION] }, Bool: { c: 'true' } },
      isSnapshotObject: true,
    });
    give([one, permission({ action: 'a:Unknown' })]);
    give([one], { recipient: `user ${Aws.ACCOUNT_ID}` });
    give([one]);
    const { permissions } = contentsBelow(stack);
    const expected = reported({
      action: 's3:GetObject',
      accessLevel: READ,
      resource: '${Stack/Bucket.Arn}/a',
      reason: 'in ${AWS::Region}',
      conditions: { Bool: { c: ['true'] }, StringLike: { a: ['${AWS::Region}', 'x'], b: ['y'] } },
    });
    const { accessLevel, ...unknown } = reported({ action: 'a:Unknown' });
    expect(permissions).toEqual([unknown, expected, { ...expected, principal: 'user ${AWS::AccountId}' }]);
    expect(JSON.stringify(permissions[1].conditions)).toBe(JSON.stringify(expected.conditions));
    expect(Object.keys(permissions[1])).toEqual([
      'principal', 'grant', 'operation', 'action', 'accessLevel', 'resource', 'conditions', 'reason', 'source',
    ]);
  });

  test.each<[string, Partial<Permission>, Partial<Permission>]>([
    ['power', { action: 'elasticache:Unknown' }, { action: 'elasticache:DescribeUsers' }],
    ['action', { action: 'elasticache:CreateUser' }, { action: 'elasticache:ModifyUser' }],
    ['resource', { resource: 'arn:x' }, { resource: 'arn:y' }],
    ['conditions, with any before none', { conditions: { Bool: { a: ['true'] } } }, {}],
    ['values of conditions', { conditions: { Bool: { a: ['false'] } } }, { conditions: { Bool: { a: ['true'] } } }],
    ['operation', { operation: 'CreateUser' }, { operation: 'ModifyUser' }],
    ['reason', { reason: 'one' }, { reason: 'two' }],
    ['source', { source: 'a' }, { source: 'b' }],
  ])('are in the order of the %s', (_, first, second) => {
    const { stack, give } = recorded();
    give([permission(second), permission(first)]);
    const { permissions } = contentsBelow(stack);
    expect(permissions).toHaveLength(2);
    expect(permissions).toMatchObject([first, second]);
  });

  test('are in the order of principals and grants', () => {
    const { stack, grant, give } = recorded();
    const other = new Construct(stack, 'Other');
    give([permission()], { grant: other });
    give([permission()]);
    give([permission()], { recipient: other });
    give([permission()], { grant, recipient: 'A' });
    expect(contentsBelow(stack).permissions).toEqual([
      reported({ principal: 'A' }), reported({ principal: 'Stack/Other' }), reported(),
      reported({ grant: 'Stack/Other' }),
    ]);
  });

  test('have apart what was not delivered, which counts for nothing', () => {
    const { stack, give } = recorded();
    give([permission()], { isDelivered: false });
    expect(contentsBelow(stack)).toEqual({
      summary: [], permissions: [], notDelivered: [reported()], acknowledgedWarnings: [],
    });
    give([permission({ resource: 'arn:y' })]);
    expect(contentsBelow(stack)).toMatchObject({
      permissions: [reported({ resource: 'arn:y' })], notDelivered: [reported()],
    });
  });

  test('have guardrails where there is one', () => {
    const { stack, grant } = recorded();
    recordGuardrail({
      guardrail: grant,
      kind: 'policy document',
      denials: [{ actions: ['a:B'], resources: ['*'] }],
      exceptPrincipals: [],
    });
    expect(contentsBelow(stack).guardrails).toEqual([{
      guardrail: 'Stack/Grant',
      policies: [{ kind: 'policy document' }],
      exceptPrincipals: [],
      denials: [{ action: 'a:B', resource: '*' }],
    }]);
  });

  test('have the number of operations of each principal: all, on every resource, and writing', () => {
    const { stack, give } = recorded();
    const [describe, events] = ['DescribeUsers', 'DescribeEvents'].map((operation) => (
      { operation, action: `elasticache:${operation}` }));
    give([
      permission(), permission({ resource: 'arn:y' }), permission({ ...describe }),
      permission({ ...events, resource: '*' }),
    ]);
    give([permission({ ...describe, resource: 'arn:*:elasticache:*:*:user:*' })], { recipient: 'A' });
    expect(contentsBelow(stack).summary).toEqual([
      { principal: 'A', operations: 1, onEveryResource: 0, writing: 0 },
      { principal: 'Stack/Role', operations: 3, onEveryResource: 1, writing: 1 },
    ]);
  });

  test('have the warnings that were acknowledged, in an order of their own', () => {
    const { stack, grant, role } = recorded();
    addWarning(role, 'a:b', `in ${Aws.REGION}`);
    addWarning(grant, 'a:c', 'other');
    addWarning(grant, 'a:b', 'text');
    addWarning(stack, 'a:d', 'not acknowledged');
    ['a:b', 'a:c'].forEach((id) => Annotations.of(stack).acknowledgeWarning(id));
    expect(contentsBelow(stack).acknowledgedWarnings).toEqual([
      { construct: 'Stack/Grant', id: 'a:b', message: 'text' },
      { construct: 'Stack/Grant', id: 'a:c', message: 'other' },
      { construct: 'Stack/Role', id: 'a:b', message: 'in ${AWS::Region}' },
    ]);
  });
});
