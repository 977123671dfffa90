import { suggestedResources } from '../../../src/private/review/suggested-resources';
import { allow, arn, reviewed } from '../../support/reviewed-statements';

interface Options {
  readonly option?: string;

  /** The type in the template that everything refers to. */
  readonly template?: string;
}

/** The code of the resources that are offered for a statement on these. */
function offered(operations: string[], resources: unknown, { option, template }: Options = {}): string[] | undefined {
  const [statement] = reviewed([allow(operations.join(' '), resources)], template);
  const exact = operations.filter((one) => !/[:*]/.test(one));
  return suggestedResources({ rule: 'invalidArn', statement, text: '', option }, exact)
    ?.map(({ code }) => code.replace('ElastiCacheResource.', ''));
}

const PLACE = "{ region: 'eu-west-1', account: '111122223333' }";
const USER = arn('user:app');

describe('a resource of a statement is offered', () => {
  test.each<[string, string, unknown, string]>([
    ['as it is', 'ModifyUser', USER, `user('app', ${PLACE})`],
    ['with wildcards', 'ModifyUser', 'arn:aws:elasticache:*:*:user:a*', "user('a*', { region: '*', account: '*' })"],
    ['with a policy variable', 'ModifyUser', arn('user:${aws:PrincipalTag/Team}-${aws:username}'),
      `user('\${aws:PrincipalTag/Team}-\${aws:username}', ${PLACE})`],
    ['with all that a name may have', 'ModifyUser', arn('user:a.b_c-0?:d'), `user('a.b_c-0?:d', ${PLACE})`],
    ['with a name to fill in, where it has a placeholder', 'ModifyUser', arn('user:<name>'),
      `user('my-user', ${PLACE})`],
    ['without a Region that something else fills in', 'ModifyUser',
      'arn:aws:elasticache:<region>-1:111122223333:user:app',
      "user('app', { account: '111122223333' })"],
    ['without an account that something else fills in', 'ModifyUser',
      'arn:aws:elasticache:eu-west-1:id-<account>:user:app',
      "user('app', { region: 'eu-west-1' })"],
    ['without what is the stack\'s own', 'ModifyUser',
      { 'Fn::Sub': 'arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:user:app' }, "user('app')"],
    ['with a colon in place of a slash', 'ModifyUser', arn('user/app'), `user('app', ${PLACE})`],
    ['in lower case', 'ModifyUser', arn('user:App-One'), `user('app-one', ${PLACE})`],
    ['by its type, where it is an attribute of a resource', 'ModifyUser', { 'Fn::GetAtt': ['User', 'Arn'] },
      "user('my-user')"],
    ['without a Region, where it is global', 'DeleteGlobalReplicationGroup',
      'arn:aws:elasticache:*:111122223333:globalreplicationgroup:app',
      "globalReplicationGroup('app', { account: '111122223333' })"],
  ])('%s', (_, operation, resource, expected) => {
    expect(offered([operation], resource, { template: 'AWS::ElastiCache::User' })).toEqual([expected]);
  });

  test('unless it can not be mended, or may be of several types, or is not of ElastiCache', () => {
    expect(offered(['ModifyUser'], [arn('user:app'), 'app', arn('*:app'), 'arn:aws:s3:::app', 'arn:aws:elasticache']))
      .toEqual([`user('app', ${PLACE})`]);
  });

  test('unless no operation has a use for its type', () => {
    expect(offered(['ModifyUser'], [USER, arn('cluster:app')])).toEqual([`user('app', ${PLACE})`]);
  });

  test('whatever its type, beside a pattern of actions', () => {
    expect(offered(['ModifyUser', 'Describe*'], [USER, arn('cluster:app')]))
      .toEqual([`user('app', ${PLACE})`, `cacheCluster('app', ${PLACE})`]);
    expect(offered(['Describe*'], { 'Fn::GetAtt': ['User', 'Arn'] }, { template: 'AWS::ElastiCache::User' }))
      .toEqual(["user('my-user')"]);
  });
});

test.each<[string, string[], unknown]>([
  ['it is on every resource', ['ModifyUser'], '*'],
  ['it is on every resource, beside one', ['ModifyUser'], [USER, '*']],
  ['it is on what only the deployment knows', ['ModifyUser'], [USER, { 'Fn::ImportValue': 'User' }]],
  ['it has no resources', ['ModifyUser'], undefined],
  ['none is left, and none is needed', ['DescribeEvents'], USER],
])('no resource is offered for a statement where %s', (_, operations, resources) => {
  expect(offered(operations, resources)).toBe(undefined);
});

describe('a resource that the operations also need is offered', () => {
  test.each<[string, string[], unknown, string[]]>([
    ['with a name to fill in', ['Connect'], arn('serverlesscache:app'),
      [`serverlessCache('app', ${PLACE})`, `user('my-user', ${PLACE})`]],
    ['as the first of several alternatives', ['Connect'], USER,
      [`user('app', ${PLACE})`, `replicationGroup('my-replication-group', ${PLACE})`]],
    ['once for all operations', ['Connect', 'ModifyUser'], arn('serverlesscache:app'),
      [`serverlessCache('app', ${PLACE})`, `user('my-user', ${PLACE})`]],
    ['with the name that AWS gives', ['CreateCacheCluster'], arn('cluster:app'),
      [`cacheCluster('app', ${PLACE})`, `parameterGroup('default.*', ${PLACE})`]],
    ['unless it is there', ['Connect'], [arn('serverlesscache:app'), USER],
      [`serverlessCache('app', ${PLACE})`, `user('app', ${PLACE})`]],
    ['in the Region of those that are in one', ['CreateReplicationGroup'],
      ['arn:aws:elasticache::111122223333:globalreplicationgroup:app', arn('replicationgroup:app')], [
        "globalReplicationGroup('app', { account: '111122223333' })", `replicationGroup('app', ${PLACE})`,
        `parameterGroup('default.*', ${PLACE})`,
      ]],
    ['in no Region, where it is global', ['DisassociateGlobalReplicationGroup'], arn('replicationgroup:app'),
      ["globalReplicationGroup('my-global-replication-group', { account: '111122223333' })"]],
    ['in no Region of two', ['Connect'],
      [arn('serverlesscache:app'), 'arn:aws:elasticache:us-east-1:111122223333:serverlesscache:b'], [
        `serverlessCache('app', ${PLACE})`, "serverlessCache('b', { region: 'us-east-1', account: '111122223333' })",
        "user('my-user', { account: '111122223333' })",
      ]],
    ['in no account of two', ['Connect'],
      [arn('serverlesscache:app'), 'arn:aws:elasticache:eu-west-1:*:serverlesscache:b'], [
        `serverlessCache('app', ${PLACE})`, "serverlessCache('b', { region: 'eu-west-1', account: '*' })",
        "user('my-user', { region: 'eu-west-1' })",
      ]],
    ['beside operations on no type', ['DescribeEvents', 'Connect'], arn('serverlesscache:app'),
      [`serverlessCache('app', ${PLACE})`, `user('my-user', ${PLACE})`]],
  ])('%s', (_, operations, resources, expected) => {
    expect(offered(operations, resources)).toEqual(expected);
  });

  test('for final snapshots, where the finding is about one', () => {
    const deletes = ['DeleteCacheCluster', 'DeleteServerlessCache', 'DescribeUsers'];
    const given = [arn('cluster:app'), arn('snapshot:app-final'), arn('serverlesscache:app'), USER];
    const codes = [
      `cacheCluster('app', ${PLACE})`, `snapshot('app-final', ${PLACE})`, `serverlessCache('app', ${PLACE})`,
      `user('app', ${PLACE})`,
    ];
    expect(offered(deletes, given)).toEqual(codes);
    expect(offered(deletes, given, { option: 'finalSnapshot' }))
      .toEqual([...codes, `serverlessCacheSnapshot('my-serverless-cache-snapshot', ${PLACE})`]);
    expect(offered(deletes, given, { option: 'tagOnCreate' })).toEqual(codes);
  });
});
