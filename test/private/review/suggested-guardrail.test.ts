import { suggestedGuardrail } from '../../../src/private/review/suggested-guardrail';
import { deny, reviewed } from '../../support/reviewed-statements';

/** The code of the guardrail that is offered for a Deny. */
const offered = (statement: object) => (
  suggestedGuardrail({ rule: 'denyWithoutKey', statement: reviewed([statement])[0], text: '' }));
const guardrail = (rule: string, ...rest: string[]) => [
  "new ElastiCacheGuardrail(this, 'Guardrail', {",
  `  rules: [ElastiCacheGuardrailRule.${rule}],`,
  ...rest,
  '}).toPolicyDocument();',
].join('\n');

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0123abcd-0123-0123-0123-0123456789ab';
const TAG = 'aws:RequestTag/Team';

describe('a rule of a guardrail is offered for a Deny', () => {
  test.each<[string, object, string]>([
    ['of other node types',
      { StringNotEquals: { 'elasticache:CacheNodeType': ['cache.t4g.micro', 'cache.t4g.small'] } },
      "onlyNodeTypes(['cache.t4g.micro', 'cache.t4g.small'])"],
    ['of other engines', { StringNotEquals: { 'elasticache:EngineType': 'valkey' } }, "onlyEngines(['valkey'])"],
    ['of other keys', { StringNotEquals: { 'elasticache:KmsKeyId': KEY } }, `onlyKeys(['${KEY}'])`],
    ['of other parameter groups', { StringNotLike: { 'elasticache:CacheParameterGroupName': 'default.*' } },
      "onlyParameterGroups(['default.*'])"],
    ['of other Regions', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, "onlyRegions(['eu-west-1'])"],
    ['of no encryption in transit', { Bool: { 'elasticache:TransitEncryptionEnabled': 'false' } },
      'encryptedInTransit()'],
    ['of no encryption at rest, as a truth value', { Bool: { 'elasticache:AtRestEncryptionEnabled': false } },
      'encryptedAtRest()'],
    ['of all but encryption', { StringNotEquals: { 'elasticache:TransitEncryptionEnabled': 'true' } },
      'encryptedInTransit()'],
    ['of requests without a tag', { Null: { [TAG]: 'true' } }, "requireTags(['Team'])"],
    ['of other values of a tag', { StringNotEquals: { [TAG]: ['a', "b's"] } },
      "requireTagValues('Team', ['a', 'b\\'s'])"],
  ])('%s', (_, condition, rule) => {
    expect(offered(deny('CreateReplicationGroup', '*', condition))).toBe(guardrail(rule));
  });

  test.each<[string, object, string[]]>([
    ['of some', { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b'] } },
      ["  exceptPrincipals: ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b'],"]],
    ['of those that two conditions name', {
      ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' },
      ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/b' },
    }, ["  exceptPrincipals: ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b'],"]],
  ])('that exempts principals: %s', (_, exempt, lines) => {
    const condition = { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ...exempt };
    expect(offered(deny('CreateReplicationGroup', '*', condition)))
      .toBe(guardrail("onlyRegions(['eu-west-1'])", ...lines));
  });

  test.each<[string, object]>([
    ['of some node types', { StringEquals: { 'elasticache:CacheNodeType': 'cache.t4g.micro' } }],
    ['of encryption', { Bool: { 'elasticache:TransitEncryptionEnabled': 'true' } }],
    ['of all but no encryption', { StringNotEquals: { 'elasticache:TransitEncryptionEnabled': 'false' } }],
    ['of requests with a parameter', { Null: { 'elasticache:TransitEncryptionEnabled': 'false' } }],
    ['of requests with a tag', { Null: { [TAG]: 'false' } }],
    ['of a value of a tag', { StringEquals: { [TAG]: 'true' } }],
    ['of a tag of a resource', { StringNotEquals: { 'aws:ResourceTag/Team': 'a' } }],
    ['of what no rule is about', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['of requests without what no rule is about', { Null: { 'aws:MultiFactorAuthAge': 'true' } }],
    ['to some principals', {
      StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' },
    }],
    ['with two conditions', {
      StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1', 'elasticache:EngineType': 'valkey' },
    }],
    ['with a key of another service', {
      StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1', 's3:prefix': 'a' },
    }],
    ['with a key that AWS does not have', {
      StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1', 'elasticache:Frob': 'a' },
    }],
    ['of a Region that is none', { StringNotEquals: { 'aws:RequestedRegion': '' } }],
  ])('but for one %s', (_, condition) => {
    expect(offered(deny('CreateReplicationGroup', '*', condition))).toBe(undefined);
  });
});

describe('a Deny without conditions is a rule', () => {
  test.each<[string, string, unknown, string]>([
    ['of its operations', 'DeleteUser ModifyUser', '*', 'DELETE_USER, ElastiCacheOperation.MODIFY_USER'],
    ['of what wrong names stand for, after the others', 'TagResource DeleteUser', ['app', '*'],
      'DELETE_USER, ElastiCacheOperation.ADD_TAGS_TO_RESOURCE'],
    ['of each operation once', 'DeleteUser deleteuser DeletUser', '*', 'DELETE_USER'],
    ['without what stands for nothing', 'Frobnicate DeleteUser', '*', 'DELETE_USER'],
  ])('%s', (_, actions, resource, names) => {
    expect(offered(deny(actions, resource)))
      .toBe(guardrail(`denyOperations([ElastiCacheOperation.${names}])`));
  });

  test.each<[string, object]>([
    ['it is on some resources', deny('DeleteUser', 'arn:aws:elasticache:eu-west-1:111122223333:user:app')],
    ['it is on a wrong ARN', deny('DeleteUser', 'app')],
    ['it is on all but some resources', { Effect: 'Deny', Action: 'elasticache:DeleteUser', NotResource: 'a' }],
    ['it has a pattern of actions', deny('DeleteUser Modify*', '*')],
    ['it has an action of another service', deny('DeleteUser s3:GetObject', '*')],
    ['it has all but some actions', { Effect: 'Deny', NotAction: 'elasticache:DeleteUser', Resource: '*' }],
    ['no name stands for anything', deny('Frobnicate', '*')],
  ])('unless %s', (_, statement) => {
    expect(offered(statement)).toBe(undefined);
  });
});
