import { Fn, Resource } from 'aws-cdk-lib';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { ElastiCacheAccessGrant, ElastiCacheAccessGrantProps } from '../../src';
import { newStack } from '../harness';

/** What is called, and the whole text of the error that it throws. */
export type ErrorCase = [action: () => unknown, message: string];

/** The same for test.each, with a title for each case: the beginning of the error, on one line. */
export function titled(cases: ErrorCase[]): [title: string, ...ErrorCase][] {
  return cases.map(([action, message]) => {
    const text = message.replace(/^[\w/]+: /, '').replace(/\s+/g, ' ');
    return [text.length > 160 ? `${text.slice(0, 160)}…` : text, action, message];
  });
}

/** A list of which neither the items nor the length are known before deployment. */
export const tokenList = () => Fn.split(',', Fn.importValue('Keys'));

/** A grant in a stack of its own, which nobody uses. */
export function grantOf(props: ElastiCacheAccessGrantProps): ElastiCacheAccessGrant {
  return new ElastiCacheAccessGrant(newStack(), 'Grant', props);
}

/** The error of such a grant, with one problem or several. */
export function grantError(...problems: string[]): string {
  const [first, ...others] = problems;
  return others.length === 0
    ? `Stack/Grant: ${first}`
    : `Stack/Grant: ${problems.length} problems:\n${problems.map((problem) => `- ${problem}`).join('\n')}`;
}

/** A bucket reference as anybody may implement it, with an ARN that nobody has checked. */
export class BucketWithArn extends Resource implements aws_s3.IBucketRef {
  public readonly bucketRef: aws_s3.BucketReference;

  constructor(bucketArn: string) {
    super(newStack(), 'Bucket');
    this.bucketRef = { bucketArn, bucketName: 'unused' };
  }
}
