import { RESOURCE_TYPES } from '../../../src/private/catalog/catalog.generated';
import { readArn } from '../../../src/private/review/arns';

const TEMPLATE: Record<string, string> = {
  Cache: 'AWS::ElastiCache::ServerlessCache',
  Node: 'AWS::ElastiCache::CacheCluster',
  Snapshot: 'AWS::ElastiCache::Snapshot',
  Copy: 'AWS::ElastiCache::ServerlessCacheSnapshot',
  Ingress: 'AWS::ElastiCache::SecurityGroupIngress',
  Bucket: 'AWS::S3::Bucket',
  Nested: 'AWS::CloudFormation::Stack',
  Custom: 'Custom::AWS::Cache',
};
const read = (value: unknown) => readArn(value, (logicalId) => TEMPLATE[logicalId]);
const joined = (...parts: unknown[]) => ({ 'Fn::Join': [':', parts] });
const sub = (text: string) => ({ 'Fn::Sub': text });

/** The start of the ARNs of one account. */
const HERE = 'arn:aws:elasticache:eu-west-1:111122223333';
const [region, account] = HERE.split(':').slice(3);
const FOREIGN = { types: [], isForeign: true };
const wrong = (problem: string, meant?: string[]) => ({ types: [], problem, meant });
const wrongRef = (type: string, meant: string) => (
  wrong(`the Ref of an AWS::ElastiCache::${type} is its name, and a policy needs its ARN`, [meant]));

const NO_ARN = 'it is not an ARN';
const SLASH = 'it has a slash, and ElastiCache\'s ARNs separate type and name by a colon';
const LACKING = 'it lacks a part: expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME';
const CAPITALS = 'its name has capitals, and ElastiCache keeps names in lower case';
const noType = (type: string) => (
  `"${type}" is not one of ElastiCache's resource types: ${Object.keys(RESOURCE_TYPES).join(', ')}`);
const noAccount = (given: string) => `its account is "${given}": expected 12 digits`;

describe('what a reference to a resource of the template stands for', () => {
  test.each<[unknown, string, object]>([
    [{ 'Fn::GetAtt': ['Cache', 'ARN'] }, '${Cache.ARN}', { types: ['serverlesscache'] }],
    [{ 'Fn::GetAtt': ['Cache', 'Arn'] }, '${Cache.Arn}', { types: ['serverlesscache'] }],
    [{ 'Fn::GetAtt': 'Cache.ARN' }, '{"Fn::GetAtt":"Cache.ARN"}', { types: ['serverlesscache'] }],
    // What the type is of is known for ARNs alone.
    [{ 'Fn::GetAtt': ['Cache', 'Endpoint.Address'] }, '${Cache.Endpoint.Address}', {}],
    [{ 'Fn::GetAtt': ['Cache', 'Endpoint', 'Arn'] }, '${Cache.Endpoint.Arn}', {}],
    [{ 'Fn::GetAtt': ['Cache', 'ArnPrefix'] }, '${Cache.ArnPrefix}', {}],
    [{ Ref: 'Cache' }, '${Cache}', wrongRef('ServerlessCache', 'serverlesscache')],
    [{ Ref: 'Snapshot' }, '${Snapshot}', { types: ['snapshot'] }],
    [{ Ref: 'Copy' }, '${Copy}', { types: ['serverlesscachesnapshot'] }],
    // The names of types in ARNs are other ones.
    [{ 'Fn::GetAtt': ['Node', 'Arn'] }, '${Node.Arn}', { types: ['cluster'] }],
    [{ Ref: 'Node' }, '${Node}', wrongRef('CacheCluster', 'cluster')],
    // No resource of a policy.
    [{ Ref: 'Ingress' }, '${Ingress}', {}],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '${Bucket.Arn}', FOREIGN],
    // An output of a nested stack, or of a custom resource, may be any ARN; and so may a Ref of another service.
    [{ Ref: 'Bucket' }, '${Bucket}', {}],
    [{ 'Fn::GetAtt': ['Nested', 'Arn'] }, '${Nested.Arn}', {}],
    [{ 'Fn::GetAtt': ['Custom', 'Arn'] }, '${Custom.Arn}', {}],
    [{ Ref: 'Parameter' }, '${Parameter}', {}],
    [{ 'Fn::GetAtt': ['Unknown', 'Arn'] }, '${Unknown.Arn}', {}],
  ])('%j', (value, shown, expected) => {
    expect(read(value)).toEqual({ shown, ...expected });
  });
});

describe('what only the deployment knows may be any resource', () => {
  test.each<[unknown, string]>([
    [{ 'Fn::ImportValue': 'CacheArn' }, '{"Fn::ImportValue":"CacheArn"}'],
    [{ 'Fn::GetAtt': [] }, '${}'],
    [null, 'null'],
    [5, '5'],
    [joined({ Ref: 'Scheme' }, 'aws:elasticache:eu-west-1:111122223333:user/app'),
      '${Scheme}:aws:elasticache:eu-west-1:111122223333:user/app'],
    [sub('${Arn}/app'), '{"Fn::Sub":"${Arn}/app"}'],
    ['${prefix}:aws:elasticache:eu-west-1:111122223333:user/app',
      '${prefix}:aws:elasticache:eu-west-1:111122223333:user/app'],
    // A part that isn't known may hold several.
    [joined('arn', { Ref: 'Start' }, 'user/app'), 'arn:${Start}:user/app'],
    [joined('arn:aws', { Ref: 'constructor' }, 'eu-west-1:111122223333:user/app'),
      'arn:aws:${constructor}:eu-west-1:111122223333:user/app'],
    [joined('arn', { 'Fn::ImportValue': 'Partition' }, 'elasticache:eu-west-1:111122223333:user/app'),
      '{"Fn::Join":[":",["arn",{"Fn::ImportValue":"Partition"},"elasticache:eu-west-1:111122223333:user/app"]]}'],
    [joined('arn:aws:elasticache', { Ref: 'Place' }), 'arn:aws:elasticache:${Place}'],
    [joined('arn:aws:elasticache', { Ref: 'Place' }, '111122223333:user'),
      'arn:aws:elasticache:${Place}:111122223333:user'],
    [joined('arn:aws:elasticache', { Ref: 'Place' }, 'app/any:other:app'),
      'arn:aws:elasticache:${Place}:app/any:other:app'],
    [joined(HERE, { Ref: 'Type' }, 'App'), `${HERE}:\${Type}:App`],
  ])('%j', (value, shown) => {
    expect(read(value)).toEqual({ shown });
  });

  test('but for the type, where all other parts of the ARN are there', () => {
    const rest = { shown: 'arn:aws:elasticache:${Place}:111122223333:user:App', types: ['user'] };
    expect(read(joined('arn:aws:elasticache', { Ref: 'Place' }, '111122223333:user:App'))).toEqual(rest);
  });
});

describe('a text', () => {
  test.each([
    '*', '*:user/app', 'arn:*s', 'a?n:aws', 'arn:*', 'arn:aws*', 'arn:aw?', 'arn:aws:elasticache:*', 'arn:aws:*',
    'arn:aws:elasticache:eu-west-1:*', `${HERE}*`, `${HERE}:*`,
  ])('%s may match resources of many types', (arn) => {
    expect(read(arn).problem).toBeUndefined();
    expect(read(arn).types?.length ?? Infinity).toBeGreaterThan(10);
  });

  test.each(['arn:aws:s3:::my-bucket', 'arn:aws:s3*', 'arn:aws:elasticache-x:eu-west-1:111122223333:user:app'])(
    '%s is of another service', (arn) => {
      expect(read(arn)).toEqual({ shown: arn, ...FOREIGN });
    });

  test.each<[string, string, string[]?]>([
    ['app', NO_ARN],
    ['arn:aws', NO_ARN],
    ['aws:elasticache:eu-west-1:111122223333:user:app', NO_ARN],
    ['', NO_ARN],
    // Separated by a slash.
    [`${HERE}:user/app`, SLASH, ['user']],
    [`${HERE}:User/app`, SLASH, ['user']],
    [`${HERE}:cache/app`, SLASH],
    [`${HERE}:user:app/blue`, SLASH, ['user']],
    ['arn:aws:elasticache:eu-west-1/user:app', SLASH, ['user']],
    // Too few parts.
    ['arn:aws:elasticache', LACKING],
    ['arn:aws:elasticache:eu-west-1:user', LACKING, ['user']],
    [HERE, LACKING],
    [`${HERE}:app`, LACKING],
    [`${HERE}:user`, LACKING, ['user']],
    [`${HERE}:user?`, LACKING],
    [`${HERE}:\${AWS::StackName}`, LACKING],
    // No type.
    [`${HERE}:cache:app`, noType('cache')],
    [`${HERE}:x*:app`, noType('x*')],
    [`${HERE}:redis?app*`, noType('redis?app*')],
    // Another place.
    ['arn:aws:elasticache::111122223333:user:app', 'the ARN of a user has a Region', ['user']],
    [`${HERE}:globalreplicationgroup:app`, 'the ARN of a globalReplicationGroup has no Region', [
      'globalreplicationgroup',
    ]],
    ['arn:aws:elasticache:eu-*:111122223333:globalreplicationgroup:app',
      'the ARN of a globalReplicationGroup has no Region', ['globalreplicationgroup']],
    ['arn:aws:elasticache:*-1:111122223333:globalreplicationgroup:app',
      'the ARN of a globalReplicationGroup has no Region', ['globalreplicationgroup']],
    // Another account.
    ['arn:aws:elasticache:eu-west-1::user:app', noAccount(''), ['user']],
    ['arn:aws:elasticache:eu-west-1:11112222333:user:app', noAccount('11112222333'), ['user']],
    ['arn:aws:elasticache:eu-west-1:1111222233334:user:app', noAccount('1111222233334'), ['user']],
    ['arn:aws:elasticache:eu-west-1:1111-2222-3333:user:app', noAccount('1111-2222-3333'), ['user']],
    // Capitals, beside placeholders, too.
    [`${HERE}:user:App`, CAPITALS, ['user']],
    [`${HERE}:user:app-MY_TEAM`, CAPITALS, ['user']],
    [`${HERE}:user:MY`, CAPITALS, ['user']],
    [`${HERE}:user:<team>-App`, CAPITALS, ['user']],
    [`${HERE}:user:{team}-App`, CAPITALS, ['user']],
    [`${HERE}:user:<team>-App-<Stage>`, CAPITALS, ['user']],
    [`${HERE}:user:{team}-App-{Stage}`, CAPITALS, ['user']],
  ])('%s matches nothing', (arn, problem, ...[meant]) => {
    expect(read(arn)).toEqual({ shown: arn, ...wrong(problem, meant) });
  });

  test.each([
    ['user', 'app'], ['user', '*'], ['snapshot', 'automatic:nightly'], ['us?r', 'app', ['user']],
    ['snap*', 'a', ['snapshot']], ['*cachesnapshot', 'a', ['serverlesscachesnapshot']], ['User', 'app', ['user']],
    // Placeholders may stand for any name.
    ['user', '${aws:username}'], ['user', '${aws:PrincipalTag/Team}'], ['user', '<Team/Name>'], ['user', '{Name}'],
    ['user', 'MY_USER'], ['user', 'MY_TEAMS_USER-1'], ['user', 'T1_U2'],
    // AWS shows these in capitals.
    ['reserved-instance', 'My-Node'], ['securitygroup', 'My-Group'],
    // Several types, of which some have capitals in their names.
    ['*', 'App', ['reserved-instance', 'securitygroup']],
  ])('%s:%s is a resource with a name', (type, name, types = [type]) => {
    expect(read(`${HERE}:${type}:${name}`))
      .toEqual({ shown: `${HERE}:${type}:${name}`, types, parts: { region, account, name } });
  });

  test.each([
    ['user*', ['user', 'usergroup']],
    ['User*', ['user', 'usergroup']],
    ['cluster*', ['cluster']],
    ['us*r*', ['user', 'usergroup']],
    ['snap*-blue', ['snapshot']],
    ['user?app', ['user']],
    ['replicationgroup?*', ['replicationgroup']],
    ['*', Object.keys(RESOURCE_TYPES).filter((type) => !RESOURCE_TYPES[type].global)],
    ['*blue*', Object.keys(RESOURCE_TYPES).filter((type) => !RESOURCE_TYPES[type].global)],
  ])('ends with a wildcard that stands for the colon, too: %s', (pattern, types) => {
    expect(read(`${HERE}:${pattern}`))
      .toEqual({ shown: `${HERE}:${pattern}`, types, parts: { region, account, name: '' } });
  });

  test.each([
    '', '*', '**',
  ])('is a global replication group in the Region "%s"', (place) => {
    const shown = `arn:aws:elasticache:${place}:${account}:globalreplicationgroup:ldgnf-Orders`;
    expect(read(shown)).toEqual({
      shown, types: ['globalreplicationgroup'], parts: { region: place, account, name: 'ldgnf-Orders' },
    });
  });

  test.each(['111122223333', '*', '1111*', '11112222333?', '<account>', 'ACCOUNT_ID', 'a'])(
    'may have the account %s', (given) => {
      const shown = `arn:aws:elasticache:*:${given}:user:app`;
      expect(read(shown)).toEqual({ shown, types: ['user'], parts: { region: '*', account: given, name: 'app' } });
    });
});

describe('the Region, the account and the partition of the stack are known', () => {
  const parts = { region: '${AWS::Region}', account: '${AWS::AccountId}', name: 'app' };
  const shown = 'arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:user:app';

  test('in a text that is joined', () => {
    const [partition, own, ownAccount] = ['Partition', 'Region', 'AccountId'].map((name) => ({ Ref: `AWS::${name}` }));
    expect(read(joined('arn', partition, 'elasticache', own, ownAccount, 'user:app')))
      .toEqual({ shown, types: ['user'], parts });
  });

  test.each([[shown], [[shown, { Name: 'a' }]]])('in a template of Fn::Sub: %j', (template) => {
    expect(read({ 'Fn::Sub': template }))
      .toEqual({ shown: JSON.stringify({ 'Fn::Sub': template }), types: ['user'], parts });
  });

  test('and the name of the stack is not', () => {
    expect(read(sub(`${HERE}:user:\${AWS::StackName}`)).parts).toEqual({ region, account, name: '${Unknown}' });
    expect(read(sub(`${HERE}:\${AWS::StackName}`))).toEqual({ shown: expect.anything() });
  });

  test('and what Fn::Sub leaves as it is stays', () => {
    expect(read(sub(`${HERE}:user:\${!aws:username}`)).parts?.name).toBe('${!aws:username}');
  });
});
