import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * The ways to say that a role may restore replication groups from some objects of a bucket. The first again tells how noisy the machine is; the
 * least is what no construct that gives one of CDK's grants can do without.
 */
export type Contestant = 'hand-written' | 'ours' | 'floyd' | 'least' | 'again';

export interface Saying {
  restore(scope: Construct, id: string, role: Role, bucketName: string, keys: string[]): void;
}

/** Loads one of them, and nothing of the others. */
export async function load(name: string): Promise<Saying> {
  return import(`./contestants/${name}.js`) as Promise<Saying>;
}
