import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * The ways to allow a role to restore replication groups from some objects of a bucket. `again` repeats `hand-written`,
 * to measure how noisy the machine is. `least` is what every construct that returns one of CDK's grants must do.
 */
export type Contestant = 'hand-written' | 'ours' | 'floyd' | 'least' | 'again';

export interface Implementation {
  restore(scope: Construct, id: string, role: Role, bucketName: string, keys: string[]): void;
}

/** Loads one of them, and none of the others. */
export async function load(name: string): Promise<Implementation> {
  return import(`./contestants/${name}.js`) as Promise<Implementation>;
}
