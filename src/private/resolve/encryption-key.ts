/**
 * A KMS key in, the ARN that a policy can name out.
 *
 * IAM matches a key's own ARN and nothing else: a statement on an alias, or on a key ID, allows nothing. A key of
 * another account also needs that account's consent, in its own policy.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html
 */
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import type { aws_kms, IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { toReadableJson } from '../util/text';
import { literalParts, ResolvedParts, splitLiterals } from '../util/tokens';

const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

/** The ARN of the key. Reports what IAM would not match, and warns of a key of another account. */
export function keyArnOf(
  key: aws_kms.IKeyRef, construct: IConstruct, resolvedParts: ResolvedParts, diagnostics: Diagnostics,
): string {
  const { keyArn } = key.keyRef;
  const stack = Stack.of(construct);
  const shown = formatValue(toReadableJson(stack.resolve(keyArn)));
  // CDK resolves the name of an alias late, even where it is known. Newer versions refer to an alias of the app.
  const isOfAlias = resolvedParts(keyArn).some((part) => typeof part === 'string' && /(^|:)alias\//.test(part));
  if ('aliasName' in key || isOfAlias) {
    diagnostics.error(
      `encryptionKey is the alias ${shown}, and IAM matches keys by their own ARN only: pass the key that the alias `
      + 'stands for, such as kms.Key.fromKeyArn() or kms.Key.fromLookup() gives it',
    );
  } else if (!isKeyArn(keyArn)) {
    diagnostics.error(
      `encryptionKey has the ARN ${shown}, which is not that of a key: expected `
      + 'arn:PARTITION:kms:REGION:ACCOUNT:key/ID, without wildcards',
    );
  }
  const { env }: Partial<IEnvironmentAware> = key;
  const account = splitLiterals(keyArn, ':')[4] ?? env?.account;
  if (account !== undefined && Token.compareStrings(account, stack.account) === TokenComparison.DIFFERENT) {
    diagnostics.warning(
      'otherAccountKey',
      `encryptionKey is of the account ${formatValue(account)}, and the stack deploys to `
      + `${formatValue(stack.account)}: the key's own policy must allow the caller there, too, and AWS's guide knows `
      + 'keys of the cache\'s own account only; allow it, and acknowledge this warning, or use a key of the stack\'s '
      + 'account',
    );
  }
  return keyArn;
}

function isKeyArn(arn: string): boolean {
  return Token.isUnresolved(arn)
    ? literalParts(arn).every((part) => !/[*?]/.test(part))
    : KEY_ARN.test(arn);
}
