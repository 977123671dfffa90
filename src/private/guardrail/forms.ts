/**
 * What rules with a list of values are about: the condition key, and the form of its values.
 *
 * Data only. Values of another form are errors, since no request has them.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 */
import { ListRule } from './key-rules';
import { possibleValues } from '../catalog/key-presence';

/** The characters of names that are compared regardless of case. */
const NAME = /^[a-z0-9.-]*$/i;

export const NODE_TYPES: ListRule = {
  key: 'elasticache:CacheNodeType',
  form: {
    name: 'nodeTypes',
    example: 'cache.t4g.micro',
    expected: 'a node type, such as "cache.t4g.micro", or a pattern, such as "cache.t4g.*"',
    characters: NAME,
    patterns: ['cache.?*.?*'],
  },
};

const ENGINE = 'elasticache:EngineType';
export const ENGINES: ListRule = {
  key: ENGINE,
  form: {
    name: 'engines',
    example: 'valkey',
    expected: `one of ${possibleValues(ENGINE)!.join(', ')}`,
    characters: NAME,
    patterns: possibleValues(ENGINE),
  },
};

/** Of caches that use them: what is done with a parameter group itself is not meant, though it has the key, too. */
export const PARAMETER_GROUPS: ListRule = {
  key: 'elasticache:CacheParameterGroupName',
  exceptTypes: ['parametergroup'],
  form: {
    name: 'names',
    example: 'default.valkey8',
    expected: 'the name of a parameter group, such as "default.valkey8", or a pattern, such as "default.*"',
    characters: NAME,
    maxLength: 255,
  },
};

/** No page says in which form the key has what a request names. So the ID and the ARN are two values. */
export const KEYS: ListRule = {
  key: 'elasticache:KmsKeyId',
  form: {
    name: 'keyIds',
    example: '1234abcd-12ab-34cd-56ef-1234567890ab',
    expected: 'the ID or the ARN of a KMS key, or a pattern, and no alias',
    characters: /^([a-z0-9-]*|arn:[a-z-]*:kms:[a-z0-9-]*:[0-9]*:key\/[a-z0-9-]*)$/i,
  },
};

export const REGIONS: ListRule = {
  key: 'aws:RequestedRegion',
  form: {
    name: 'regions',
    example: 'eu-west-1',
    expected: 'a Region, such as "eu-west-1", or a pattern, such as "eu-*"',
    characters: /^[a-z0-9-]*$/,
    patterns: ['?*-?*-?*'],
  },
};
