import { Aws, CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { keyArnOf } from '../../../src/private/resolve/encryption-key';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { tokensIn } from '../../../src/private/util/tokens';
import { newStack } from '../../harness';

const stack = newStack({ env: { account: '111122223333', region: 'eu-west-1' } });

/** What is wrong with a key. */
function problemsOf(key: unknown): string[] {
  const diagnostics = new Diagnostics();
  const problems: string[] = [];
  diagnostics.warning = (id, text) => { problems.push(`${id}: ${text}`); };
  keyArnOf(key as kms.IKeyRef, stack, tokensIn(stack).resolvedParts, diagnostics);
  return [...diagnostics.errorTexts, ...problems];
}
const withArn = (keyArn: string) => ({ keyRef: { keyArn } });

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

test.each([
  KEY,
  KEY.replace('arn:aws:', 'arn:aws-cn:'),
  KEY.replace('arn:aws:', 'arn:aws-us-gov:').replace('eu-west-1', 'us-gov-west-1'),
  KEY.replace(/key\/.*/, 'key/mrk-1234abcd12ab34cd56ef1234567890ab'),
  KEY.replace(/key\/.*/, 'key/A'),
])('a key may be %s', (arn) => {
  expect(problemsOf(withArn(arn))).toEqual([]);
});

test('a key may be one whose ARN only the deployment knows', () => {
  expect(problemsOf(withArn(Fn.importValue('Key')))).toEqual([]);
  expect(problemsOf(withArn(`arn:${Aws.PARTITION}:kms:${Aws.REGION}:111122223333:key/a`))).toEqual([]);
  expect(problemsOf(new kms.Key(stack, 'Key'))).toEqual([]);
});

test.each([
  'key/a', `my-${KEY}`, `${KEY} `, KEY.replace('arn:aws', 'arn:AWS'), KEY.replace(':key/', ':keys/'), `${KEY}*`,
  KEY.replace('eu-west-1', '*'), KEY.replace('111122223333', '1111'), KEY.replace(/key\/.*/, 'key/'),
])('a key may not be %s', (arn) => {
  expect(problemsOf(withArn(arn))[0]).toBe(
    `encryptionKey has the ARN ${JSON.stringify(arn)}, which is not that of a key: expected `
    + 'arn:PARTITION:kms:REGION:ACCOUNT:key/ID, without wildcards');
});

test.each([
  'arn:aws:kms:eu-west-1:111122223333:alias/orders', 'alias/orders',
])('a key may not be the alias %s', (arn) => {
  expect(problemsOf(withArn(arn))).toEqual([
    `encryptionKey is the alias "${arn}", and IAM matches keys by their own ARN only: pass the key that the alias `
    + 'stands for, such as kms.Key.fromKeyArn() or kms.Key.fromLookup() gives it',
  ]);
});

test('a key may not be an alias of the app, or one whose name CDK resolves late', () => {
  expect(problemsOf(kms.Alias.fromAliasName(stack, 'Alias', 'alias/orders'))[0])
    .toMatch(/^encryptionKey is the alias /);
  expect(problemsOf({ ...withArn(Fn.importValue('Key')), aliasName: 'alias/orders' })[0])
    .toMatch(/^encryptionKey is the alias /);
  const late = Lazy.string({ produce: () => 'alias/orders' });
  expect(problemsOf(withArn(`arn:${Aws.PARTITION}:kms:eu-west-1:111122223333:${late}`))[0])
    .toMatch(/^encryptionKey is the alias /);
});

test('a key whose end only the deployment knows may have no wildcard before it', () => {
  const { valueAsString } = new CfnParameter(stack, 'Id');
  expect(problemsOf(withArn(`arn:aws:kms:eu-west-1:111122223333:key/${valueAsString}`))).toEqual([]);
  expect(problemsOf(withArn(`arn:aws:kms:*:111122223333:key/${valueAsString}`))).toEqual([
    'encryptionKey has the ARN "arn:aws:kms:*:111122223333:key/${Id}", which is not that of a key: expected '
    + 'arn:PARTITION:kms:REGION:ACCOUNT:key/ID, without wildcards',
  ]);
});

test('a key of another account has a warning, by its ARN, or by what its construct says', () => {
  const warning = [
    'otherAccountKey: encryptionKey is of the account "444455556666", and the stack deploys to "111122223333": the '
    + "key's own policy must allow the caller there, too, and AWS's guide knows keys of the cache's own account only; "
    + "allow it, and acknowledge this warning, or use a key of the stack's account",
  ];
  expect(problemsOf(withArn(KEY.replace('111122223333', '444455556666')))).toEqual(warning);
  const env = { account: '444455556666', region: 'eu-west-1' };
  expect(problemsOf({ ...withArn(Fn.importValue('Key')), env })).toEqual(warning);
  expect(problemsOf({ ...withArn(KEY), env })).toEqual([]);
});
